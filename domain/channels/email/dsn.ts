import { headerOf, type Mail, type MailAttachment } from './mail.ts'
import { identifiers } from './message-id.ts'
import { storable } from './storable.ts'

export type BouncedRecipient = {
  address: string
  /** RFC 3464: failed, delayed, delivered, relayed, expanded. */
  action: string
  /** Enhanced status such as 5.1.1; empty when the report has none. */
  status: string
  diagnostic: string
}
export type Bounce = { recipients: BouncedRecipient[]; originalMessageId: string | null }

/** What a mail server reports about a message of ours, or null when this is no delivery report. */
export function readBounce(mail: Mail): Bounce | null {
  const report = mail.attachments.find((part) => /^message\/(?:global-)?delivery-status$/.test(part.contentType))
  const recipients = report ? reportedRecipients(textOf(report)) : looseRecipients(mail)
  if (recipients.length === 0) return null
  return { recipients, originalMessageId: originalMessageId(mail) }
}

/** The per-recipient blocks of RFC 3464; the first block is about the message. */
function reportedRecipients(report: string): BouncedRecipient[] {
  return report
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map(fieldsOf)
    .filter((fields) => fields.has('final-recipient') || fields.has('original-recipient'))
    .slice(0, 1_000)
    .map((fields) => ({
      address: typed(fields.get('final-recipient') ?? fields.get('original-recipient') ?? ''),
      action: (fields.get('action') ?? 'failed').toLowerCase().replace(/[^a-z].*$/, ''),
      status: /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? '',
      diagnostic: typed(fields.get('diagnostic-code') ?? '').slice(0, 1_000),
    }))
}

function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name, value] = /^([\w-]+)\s*:\s*(.*)$/.exec(line) ?? []
    if (name && value !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim())
  }
  return fields
}

/** `rfc822; ann@x.example` → `ann@x.example`. */
function typed(value: string): string {
  return value
    .replace(/^\s*[\w-]+\s*;\s*/, '')
    .replace(/^<|>$/g, '')
    .trim()
}

/** Servers older than RFC 3464 say it in a header or in prose. */
function looseRecipients(mail: Mail): BouncedRecipient[] {
  if (!isFromMailSystem(mail)) return []
  const named = (headerOf(mail, 'x-failed-recipients') ?? '').match(ADDRESS) ?? firstOf(mail.text)
  const status = /\b[45]\.\d\.\d{1,3}\b/.exec(mail.text)?.[0] ?? ''
  const diagnostic = /^.*\b(?:[45]\d\d[ -]|[45]\.\d\.\d{1,3}\b).*$/m.exec(mail.text.slice(0, 20_000))?.[0]?.trim() ?? ''
  const action = status.startsWith('4') || /delayed|warning/i.test(mail.subject) ? 'delayed' : 'failed'
  return [...new Set(named)].map((address) => ({ address, action, status, diagnostic: diagnostic.slice(0, 1_000) }))
}

const ADDRESS = /[^\s<>()"',;:@]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/gi

/** The first address in angle brackets, alone on its line or after "to": that is the one that failed. */
function firstOf(text: string): string[] {
  const found =
    /^\s*<([^<>@\s]{1,64}@[^<>@\s]{1,250})>:?\s*$/m.exec(text.slice(0, 20_000))?.[1] ??
    /<([^<>@\s]{1,64}@[^<>@\s]{1,250})>:/.exec(text.slice(0, 20_000))?.[1]
  return found ? [found] : []
}

/** Sent by a mail server about mail, judged by the mailbox it names itself. */
export function isFromMailSystem(mail: Mail): boolean {
  const from = mail.from?.address ?? headerOf(mail, 'from') ?? ''
  return (
    /^(?:mailer-daemon|mail-daemon|mailerdaemon|mdaemon|postmaster|mailsystem|mail\.?delivery|bounces?)(?:@|$|[+-])/i.test(from) ||
    /^mail delivery (?:sub)?system$/i.test(mail.from?.name ?? '')
  )
}

function originalMessageId(mail: Mail): string | null {
  const returned = mail.attachments.find((part) =>
    /^(?:message\/(?:rfc822|global|global-headers)|text\/rfc822-headers)$/.test(part.contentType),
  )
  const copy = returned ? textOf(returned) : afterCopyMark(mail.text)
  const header = /^Message-ID:[ \t]*((?:[^\r\n]|\r?\n[ \t])*)/im.exec(copy)?.[1]
  return identifiers(header ?? '')[0] ?? null
}

function afterCopyMark(text: string): string {
  const mark = /copy of (?:the|your) message|original message|returned message|message header/i.exec(text)
  return mark ? text.slice(mark.index, mark.index + 20_000) : ''
}

function textOf(part: MailAttachment): string {
  return storable(new TextDecoder().decode(part.content.subarray(0, 100_000)))
}
