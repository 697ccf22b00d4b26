import type { Attachment, Email } from 'postal-mime'
import { addressesIn } from './address.ts'
import { decodedHeader } from './encoded-words.ts'
import { filenameOf } from './filename.ts'
import { htmlToText } from './html-text.ts'
import type { Mail, MailAttachment } from './mail.ts'
import { identifiers, replyTarget } from './message-id.ts'
import { readMime } from './mime.ts'
import { sentAt } from './sent-at.ts'
import { storable } from './storable.ts'

/** Why bytes are no mail: nothing there, no header we know, or MIME that cannot be followed. */
export type UnreadableReason = 'empty' | 'no_headers' | 'too_deep' | 'broken'
export type ReadMail = { ok: true; mail: Mail } | { ok: false; reason: UnreadableReason; sentence: string }

const SENTENCES: Record<UnreadableReason, string> = {
  empty: 'There is nothing in it.',
  no_headers: 'It does not begin with the headers of an e-mail.',
  too_deep: 'Its parts are nested more deeply than any mail program does.',
  broken: 'Its parts could not be told apart.',
}

/** Beyond this, text is only in the raw mail. A book of 1,000 pages fits. */
const MAX_TEXT = 2_000_000

/** Every row of every list shows it. */
const MAX_SUBJECT = 1_000

const ENVELOPE_HEADERS = ['delivered-to', 'x-delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'apparently-to']
const KNOWN_HEADERS =
  /^(from|to|cc|bcc|subject|date|sender|reply-to|message-id|received|return-path|delivered-to|mime-version|content-type)$/

/** Understands a raw mail. Never throws: whatever the bytes, there is a mail or a reason. */
export async function parseMail(raw: Uint8Array): Promise<ReadMail> {
  const message = withoutEnvelopeLines(raw)
  if (message.length === 0) return unreadable('empty')
  try {
    const { email, truncated } = await readMime(message)
    if (!email.headers.some((header) => KNOWN_HEADERS.test(header.key))) return unreadable('no_headers')
    return { ok: true, mail: mailOf(email, truncated) }
  } catch (error) {
    return unreadable(String(error).includes('nesting depth') ? 'too_deep' : 'broken')
  }
}

function unreadable(reason: UnreadableReason): ReadMail {
  return { ok: false, reason, sentence: SENTENCES[reason] }
}

function mailOf(email: Email, truncated: boolean): Mail {
  const headers = headersOf(email)
  const people = (key: string) => addressesIn(email.headers.flatMap((header) => (header.key === key ? [header.value] : [])).join(', '))
  const html = email.html?.trim() ? storable(email.html) : null
  const subject = (headers.get('subject')?.[0] ?? '').replace(/\s+/g, ' ').trim()
  const plain = storable(email.text ?? '').replace(/\r\n?/g, '\n')
  const text = plain.trim() === '' && html ? htmlToText(html.slice(0, MAX_TEXT)) : unescapedFrom(plain)
  return {
    messageId: identifiers(headers.get('message-id')?.[0] ?? '')[0] ?? null,
    inReplyTo: replyTarget(headers.get('in-reply-to')?.[0] ?? ''),
    references: identifiers((headers.get('references') ?? []).join(' ')),
    from: people('from')[0] ?? null,
    sender: people('sender')[0] ?? null,
    replyTo: people('reply-to'),
    to: people('to'),
    cc: people('cc'),
    bcc: people('bcc'),
    deliveredTo: deliveredTo(headers),
    subject: subject.slice(0, MAX_SUBJECT).toWellFormed(),
    sentAt: sentAt(headers.get('date')?.[0] ?? ''),
    text: text.slice(0, MAX_TEXT).toWellFormed(),
    html: html?.slice(0, MAX_TEXT).toWellFormed() ?? null,
    attachments: email.attachments.map((part, index) => attachmentOf(part, index, html)),
    headers,
    truncated: truncated || subject.length > MAX_SUBJECT || text.length > MAX_TEXT || (html?.length ?? 0) > MAX_TEXT,
  }
}

function headersOf(email: Email): Map<string, string[]> {
  const headers = new Map<string, string[]>()
  for (const { key, value } of email.headers) {
    const values = headers.get(storable(key))
    if (values) values.push(decodedHeader(value))
    else headers.set(storable(key), [decodedHeader(value)])
  }
  return headers
}

function deliveredTo(headers: Map<string, string[]>): string[] {
  const found = ENVELOPE_HEADERS.flatMap((name) => headers.get(name) ?? []).flatMap((value) => addressesIn(value))
  return [...new Set(found.map((to) => to.address).filter((address) => address.includes('@')))]
}

function attachmentOf(part: Attachment, index: number, html: string | null): MailAttachment {
  const contentType = /^[\w.+-]+\/[\w.+-]+$/.test(part.mimeType) ? part.mimeType : 'application/octet-stream'
  const contentId = storable(part.contentId ?? '').replace(/^[\s<]+|[\s>]+$/g, '') || null
  const disposition = (['attachment', 'inline'] as const).find((known) => known === part.disposition) ?? null
  return {
    filename: filenameOf(part.filename && decodedHeader(part.filename), contentType, index),
    contentType,
    disposition,
    contentId,
    content: typeof part.content === 'string' ? new TextEncoder().encode(part.content) : new Uint8Array(part.content),
    inline: contentId !== null && (html ?? '').includes(`cid:${contentId}`),
  }
}

/** Mailbox files escape lines that begin with "From "; a lone ">From " is such a line and no quotation. */
function unescapedFrom(text: string): string {
  return text.includes('>From ') ? text.replace(/(^|\n)(?<!\n>[^\n]*\n)>From (?![^\n]*\n>)/g, '$1From ') : text
}

/** Blank lines, a byte order mark or the separator line of a mailbox file may come before the first header. */
function withoutEnvelopeLines(raw: Uint8Array): Uint8Array {
  let start = raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf ? 3 : 0
  for (;;) {
    while (start < raw.length && (raw[start] === 0x0a || raw[start] === 0x0d || raw[start] === 0x20 || raw[start] === 0x09)) start++
    const line = new TextDecoder('latin1').decode(raw.subarray(start, start + 6))
    if (!/^>?From /.test(line)) return withNewlines(raw.subarray(start))
    const end = raw.indexOf(0x0a, start)
    if (end < 0) return withNewlines(raw.subarray(start))
    start = end + 1
  }
}

/** Old Macintosh programs end lines with a bare carriage return. */
function withNewlines(raw: Uint8Array): Uint8Array {
  const head = raw.subarray(0, 4_000)
  if (head.includes(0x0a) || !head.includes(0x0d)) return raw
  return raw.map((byte) => (byte === 0x0d ? 0x0a : byte))
}
