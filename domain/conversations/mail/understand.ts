import { newId } from '../../../kernel/id.ts'
import {
  ancestorsOf,
  authorOf,
  type Bounce,
  type InboundMessage,
  type Mail,
  mailIdentity,
  readBounce,
  readMailId,
  readReplyAddress,
  readSubjectToken,
  recipientsOf,
  recogniseAutomatic,
  safeHtml,
  shortHash,
  snippetOf,
  splitHtml,
  splitReply,
} from '../../channels/index.ts'
import { normalAddress } from '../../customers/index.ts'
import type { MessageFile } from '../message.ts'
import type { MailKind } from './reception.ts'

/** A mail read and taken apart, with everything the decision needs and nothing that needs a database. */
export type Letter = {
  id: string
  mail: Mail
  historic: boolean
  at: Date
  sender: { address: string; name: string }
  hasSender: boolean
  subject: string
  recipients: readonly string[]
  kind: MailKind
  /** Its own id and its body as short hashes; the ids it refers to, nearest first. */
  own: string
  messageHash: string
  bodyHash: string
  ancestors: readonly string[]
  signedFor: string | null
  /** The conversation that a Message-ID of ours among those it refers to names. */
  mentioned: string | null
  /** What a mail server reports about a mail. */
  report: Bounce | null
  token: number | null
  text: string
  replyText: string
  quotedText: string
  html: string | null
  quotedHtml: string | null
  remoteImages: number
  snippet: string
  files: readonly (Omit<MessageFile, 'file'> & { content: Uint8Array })[]
  canBeAuthenticated: boolean
}

type Given = { mail: Mail; raw: Uint8Array; inbound: InboundMessage; instanceId: string; replyKeys: readonly string[] }

const mostAncestors = 50

// A bounce names the mail it is about in what it returns, seldom in its headers.
function answeredBy(mail: Mail, report: Bounce | null): string[] {
  const about = report?.originalMessageId
  return [...new Set([...(about ? [about] : []), ...ancestorsOf(mail)])]
}

// The nearest lead to the place; the first of all is what every mail of a long thread has in common.
function nearestAndFirst(ids: readonly string[]): string[] {
  return ids.length <= mostAncestors ? [...ids] : [...ids.slice(0, mostAncestors - 1), ids.at(-1)!]
}

// RFC 5321 §4.5.3.1 allows 64 + 1 + 255. What is longer is nobody's address, and no index holds it.
const longestAddress = 320
export const isAddress = (text: string): boolean => text !== '' && text.length <= longestAddress
const storableAddress = (address: string) => (isAddress(address) ? normalAddress(address) : '')

const aDay = 24 * 3600_000

// Some clocks were wrong: nobody writes a mail long after it was received.
function writtenAt(sentAt: Date | null, receivedAt: Date): Date {
  return sentAt !== null && sentAt.getTime() < receivedAt.getTime() + aDay ? sentAt : receivedAt
}

/** Takes a mail apart: who, what kind, which thread, new words and old ones, what may be shown. Pure but for fresh ids. */
export function understand({ mail, raw, inbound, instanceId, replyKeys }: Given): Letter {
  const author = authorOf(mail)
  const sender = storableAddress(author?.address ?? '')
  const identity = mailIdentity(raw, mail.messageId)
  const recipients = [...new Set([...inbound.envelopeTo, ...recipientsOf(mail)])]
  const files = mail.attachments.map(({ content, ...it }) => ({ id: newId(), ...it, size: content.byteLength, content }))
  const { fresh, quoted, signature } = splitReply(mail.text)
  const shown = showHtml(mail.html, files)
  const report = readBounce(mail)
  const answered = answeredBy(mail, report)
  const words = fresh.trim() === '' ? mail.text : fresh
  return {
    id: newId(),
    mail,
    historic: inbound.historic,
    at: inbound.historic ? writtenAt(mail.sentAt, inbound.receivedAt) : inbound.receivedAt,
    sender: { address: sender, name: author?.name || author?.address || '' },
    hasSender: sender !== '',
    subject: mail.subject,
    recipients,
    kind: kindOf(mail, { envelopeFrom: inbound.envelopeFrom, instanceId, report }),
    own: identity.messageHash,
    ...identity,
    ancestors: nearestAndFirst(answered).map(shortHash),
    mentioned: answered.map((it) => readMailId(it, replyKeys)?.conversationId).find((it) => it) ?? null,
    report,
    signedFor: recipients.map((it) => readReplyAddress(it, replyKeys)).find((it) => it !== null) ?? null,
    token: readSubjectToken(mail.subject),
    text: mail.text,
    replyText: fresh,
    quotedText: [signature, quoted].filter((it) => it.trim() !== '').join('\n\n'),
    ...shown,
    snippet: snippetOf(words),
    files,
    canBeAuthenticated: !inbound.historic && (inbound.remoteAddress !== null || mail.headers.has('dkim-signature')),
  }
}

// What we sent and what comes back as it was: somebody forwards our own mail to us.
type Around = { envelopeFrom: string | null; instanceId: string; report: Bounce | null }
function kindOf(mail: Mail, { envelopeFrom, instanceId, report }: Around): MailKind {
  if (mail.headers.get('x-sinew-instance')?.includes(instanceId)) return 'loop'
  const { kind } = recogniseAutomatic(mail, envelopeFrom === null ? {} : { envelopeFrom })
  // A report that all went well: good to know, and no reason to wake anybody.
  return kind === 'system' && report ? 'delivered' : kind
}

function showHtml(html: string | null, files: readonly { id: string; contentId: string | null }[]) {
  if (html === null) return { html: null, quotedHtml: null, remoteImages: 0 }
  const byContentId = new Map(files.flatMap((it) => (it.contentId ? [[it.contentId, `/api/v1/attachments/${it.id}`]] : [])))
  const inlineUrl = (contentId: string) => byContentId.get(contentId) ?? null
  const { fresh, quoted } = splitHtml(html)
  const shown = safeHtml(fresh, { inlineUrl })
  const folded = quoted === null ? null : safeHtml(quoted, { inlineUrl })
  return { html: shown.html, quotedHtml: folded?.html ?? null, remoteImages: shown.remoteImages + (folded?.remoteImages ?? 0) }
}
