import { newId } from '../../kernel/id.ts'
import {
  ancestorsOf,
  authorOf,
  type InboundMessage,
  type Mail,
  readReplyAddress,
  readSubjectToken,
  recipientsOf,
  recogniseAutomatic,
  safeHtml,
  snippetOf,
  splitHtml,
  splitReply,
} from '../channels/index.ts'
import { normalAddress } from '../customers/index.ts'
import type { MessageFile } from './message.ts'
import type { MailKind } from './reception.ts'
import { shortHash } from './thread-store.ts'

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
  own: string
  body: string
  ancestors: readonly string[]
  signedFor: string | null
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

/** Takes a mail apart: who, what kind, which thread, new words and old ones, what may be shown. Pure but for fresh ids. */
export function understand({ mail, raw, inbound, instanceId, replyKeys }: Given): Letter {
  const author = authorOf(mail)
  const recipients = [...new Set([...inbound.envelopeTo, ...recipientsOf(mail)])]
  const files = mail.attachments.map(({ content, ...it }) => ({ id: newId(), ...it, size: content.byteLength, content }))
  const { fresh, quoted, signature } = splitReply(mail.text)
  const shown = showHtml(mail.html, files)
  const words = fresh.trim() === '' ? mail.text : fresh
  return {
    id: newId(),
    mail,
    historic: inbound.historic,
    at: inbound.historic ? (mail.sentAt ?? inbound.receivedAt) : inbound.receivedAt,
    sender: { address: normalAddress(author?.address ?? ''), name: author?.name || author?.address || '' },
    hasSender: Boolean(author?.address),
    subject: mail.subject,
    recipients,
    kind: kindOf(mail, inbound.envelopeFrom, instanceId),
    own: mail.messageId ? shortHash(mail.messageId) : shortHash(raw),
    body: shortHash(bodyOf(raw)),
    ancestors: ancestorsOf(mail).slice(0, mostAncestors).map(shortHash),
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
function kindOf(mail: Mail, envelopeFrom: string | null, instanceId: string): MailKind {
  if (mail.headers.get('x-sinew-instance')?.includes(instanceId)) return 'loop'
  return recogniseAutomatic(mail, envelopeFrom === null ? {} : { envelopeFrom }).kind
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

// What follows the first empty line, whatever the line ends; all of it when there is none.
function bodyOf(raw: Uint8Array): Uint8Array {
  for (let at = 0; at < raw.length - 1; at++) {
    if (raw[at] !== 10) continue
    if (raw[at + 1] === 10) return raw.subarray(at + 2)
    if (raw[at + 1] === 13 && raw[at + 2] === 10) return raw.subarray(at + 3)
  }
  return raw
}
