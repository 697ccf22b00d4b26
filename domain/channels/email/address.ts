import { addressParser } from 'postal-mime'
import { decodedHeader, honestWords } from './encoded-words.ts'
import type { Address } from './mail.ts'
import { storable } from './storable.ts'

/** Longer ones reach nobody (RFC 5321 ends at 254), and only cost time. */
const MAX_ADDRESS = 500
const MAX_NAME = 500

/** The mailboxes of an address header, groups (`Team: a@x.example, b@x.example;`) opened up. */
export function addressesIn(header: string): Address[] {
  if (header.trim() === '') return []
  const found = addressParser(honestWords(header), { flatten: true })
    .map((mailbox) => ({ address: mailboxAddress(mailbox.address ?? ''), name: displayName(mailbox.name) }))
    .filter(({ address }) => address !== '')
  return found.length > 0 ? found : looseAddress(header)
}

/** `Bob@X.Example` → `Bob@x.example`: only the domain is free of case. */
export function mailboxAddress(sent: string): string {
  if (sent.length > MAX_ADDRESS) return ''
  const inner = /<([^<>]*@[^<>]*)>?/.exec(sent)?.[1] ?? sent
  const bare = storable(inner)
    .replace(/[\s<>]+/g, '')
    .replace(/^(?:mailto:|@[^:]*:)/i, '')
  const at = bare.lastIndexOf('@')
  return at < 0
    ? bare
    : `${bare.slice(0, at)}@${bare
        .slice(at + 1)
        .toLowerCase()
        .replace(/\.+$/, '')}`
}

/** A header no grammar fits may still hold an address: it decides who gets the answer. */
function looseAddress(header: string): Address[] {
  const found = /[^\s<>()[\]"',;:]{1,64}@[^\s<>()[\]"',;:]{1,255}/.exec(decodedHeader(header))?.[0]
  return found ? [{ address: mailboxAddress(found), name: '' }] : []
}

function displayName(name: string): string {
  return storable(name.slice(0, MAX_NAME))
    .replace(/\s+/g, ' ')
    .replace(/^[\s'<[]+|[\s'>[\]]+$/g, '')
}
