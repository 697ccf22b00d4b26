import type { Address as ParsedAddress } from 'postal-mime'
import type { Address } from './mail.ts'
import { storable } from './storable.ts'

/** The mailboxes of a header with groups (`Team: a@x.example, b@x.example;`) opened up. */
export function mailboxes(parsed: readonly ParsedAddress[] | undefined): Address[] {
  return (parsed ?? [])
    .flatMap((entry) => entry.group ?? [entry])
    .map((mailbox) => ({ address: mailboxAddress(mailbox.address), name: oneLine(mailbox.name) }))
    .filter((mailbox) => mailbox.address !== '')
}

/** `Bob <Bob@X.Example>` → `Bob@x.example`: only the domain is free of case. */
export function mailboxAddress(address: string): string {
  const bare = storable(address).replace(/[\s<>]+/g, '')
  const at = bare.lastIndexOf('@')
  return at < 0
    ? bare
    : `${bare.slice(0, at)}@${bare
        .slice(at + 1)
        .toLowerCase()
        .replace(/\.+$/, '')}`
}

function oneLine(name: string): string {
  return storable(name).replace(/\s+/g, ' ').trim()
}
