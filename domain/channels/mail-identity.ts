import { createHash } from 'node:crypto'

/** What tells one mail from another: its Message-ID (all of it where it has none), and its sender and body, as short hashes. */
export type MailIdentity = { messageHash: string; bodyHash: string }

/**
 * The identity of a mail. How lines end and how many empty ones follow at the end do not count: the same mail has CRLF
 * over SMTP and LF in a mailbox file, and must be known again whichever way it comes. Who it says it is from does count:
 * else a copy sent ahead under another name would take the place of the genuine mail.
 */
export function mailIdentity(raw: Uint8Array, messageId: string | null): MailIdentity {
  const body = bodyOf(raw)
  const sender = senderOf(raw.subarray(0, raw.length - body.length))
  return { messageHash: messageId ? shortHash(messageId) : hashOfLines(raw), bodyHash: shortHash(`${sender}\n${hashOfLines(body)}`) }
}

/** The first 16 bytes of a SHA-256, as a uuid: Message-IDs are long and odd, an index of these is not. */
export function shortHash(value: string | Uint8Array): string {
  const hex = createHash('sha256').update(value).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

const newline = 10
const carriageReturn = 13

function hashOfLines(bytes: Uint8Array): string {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === newline || bytes[end - 1] === carriageReturn)) end--
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, end)
  return shortHash(whole.includes(carriageReturn) ? Buffer.from(whole.toString('latin1').replaceAll('\r\n', '\n'), 'latin1') : whole)
}

function senderOf(head: Uint8Array): string {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1')
  const found = [...text.matchAll(/^from:([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)/gim)].map(([, value = '']) => value)
  return found.join(',').replace(/\s+/g, ' ').trim().toLowerCase()
}

// What follows the first empty line, whatever the line ends; all of it when there is none.
function bodyOf(raw: Uint8Array): Uint8Array {
  for (let at = raw.indexOf(newline); at >= 0; at = raw.indexOf(newline, at + 1)) {
    if (raw[at + 1] === newline) return raw.subarray(at + 2)
    if (raw[at + 1] === carriageReturn && raw[at + 2] === newline) return raw.subarray(at + 3)
  }
  return raw
}
