import type { Module } from '../../kernel/module.ts'
import { routes } from './routes.ts'

export const channels: Module = { name: 'channels', routes }

export { type Channel, plainAddress } from './channel.ts'
export { findChannelFor, findChannelToSend, hasMailChannel, listChannelsFor } from './channels.ts'
export { htmlPage, quotation, textToHtml } from './email/compose.ts'
export { type Bounce, readBounce } from './email/dsn.ts'
export { filenameOf } from './email/filename.ts'
export { htmlToText } from './email/html-text.ts'
export { ancestorsOf, authorOf, type Mail, recipientsOf } from './email/mail.ts'
export { newMailId, readMailId, referencesOf } from './email/mail-id.ts'
export { type BoxedMail, NoMailbox, readMbox } from './email/mbox.ts'
export { parseMail } from './email/parse.ts'
export { recogniseAutomatic } from './email/recognise.ts'
export { readReplyAddress, replyAddress } from './email/reply-address.ts'
export { safeHtml } from './email/safe-html.ts'
export { snippetOf } from './email/snippet.ts'
export { splitHtml } from './email/split-html.ts'
export { splitReply } from './email/split-text.ts'
export { readSubjectToken, replySubject, subjectToken, withoutPrefixes } from './email/subject.ts'
export { type Arrival, type InboundMessage, nextTry, takenUp } from './inbound.ts'
export { keepRaw, keptAtOnce } from './keep-raw.ts'
export { mailIdentity, shortHash } from './mail-identity.ts'
export { quarantine, refuseHidden } from './quarantine.ts'
export {
  type Claim,
  claimIdentity,
  countTry,
  eraseInbound,
  findFinished,
  finishInbound,
  identitiesOf,
  type Lately,
  listInboundOf,
  listInboundOfMessages,
  listLately,
  listUnprocessed,
  lockInbound,
  moveInbound,
  postponeInbound,
} from './store.ts'
export { bury } from './tombstones.ts'
