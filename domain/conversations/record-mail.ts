import type { ConversationId } from '../../contract/conversations.ts'
import type { OutcomeReason, Received } from '../../contract/mail.ts'
import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/id.ts'
import { Answered } from '../../kernel/route.ts'
import {
  claimIdentity,
  eraseInbound,
  findChannelFor,
  findFinished,
  finishInbound,
  type InboundMessage,
  idReused,
} from '../channels/index.ts'
import { recogniseCustomer } from '../customers/index.ts'
import { dropUnusedFiles, keepFile } from '../files/index.ts'
import { audienceOf, isColleague } from '../identity/index.ts'
import { type Found, findThread } from './find-thread.ts'
import { insertAttachments, insertMessage } from './message-store.ts'
import { findParticipant, nameParticipants } from './participants.ts'
import { receivedView } from './received-view.ts'
import { reopens, startingStatus, suppressed, voiceOf } from './reception.ts'
import { insertConversation, reopenForMail, saveNewest } from './store.ts'
import { linkThread } from './thread-store.ts'
import { buried } from './tombstones.ts'
import type { Letter } from './understand.ts'

/** Decides what a mail is to us and records it: once, in its thread, with everyone it names, and provoking nothing it should not. */
export async function recordMail(ctx: Context, inbound: InboundMessage, letter: Letter): Promise<Answered<Received>> {
  const identity = { messageHash: letter.own, bodyHash: letter.body, inboundId: inbound.id }
  if (await buried(ctx.tx, identity)) return stayDeleted(ctx, inbound)
  const first = await claimIdentity(ctx.tx, identity)
  if (first !== null && first !== inbound.id) return duplicate(ctx, inbound, first)
  const reused = letter.mail.messageId !== null && (await idReused(ctx.tx, identity))
  const found = await findThread(ctx, letter)
  const place = found ? await append(ctx, letter, found) : await start(ctx, letter, inbound)
  const marks: OutcomeReason[] = reused ? [...place.marks, 'reused_message_id'] : place.marks
  await say(ctx, inbound, { letter, place: { ...place, marks } })
  const outcome = suppressed(found?.kind ?? letter.kind) ? 'suppressed' : found ? 'appended' : 'started'
  const reason = found?.kind ?? letter.kind ?? marks.at(-1) ?? null
  await finishInbound(ctx.tx, inbound.id, {
    outcome,
    reason,
    conversationId: place.id,
    messageId: letter.id,
    sender: letter.sender.address,
    subject: letter.subject,
  })
  return new Answered(201, { outcome, ...(reason ? { reason } : {}), ...(await receivedView(ctx, { letter, conversationId: place.id })) })
}

type Place = {
  id: ConversationId
  author: { kind: 'customer' | 'stranger'; id: string | null }
  marks: OutcomeReason[]
  kind: Letter['kind']
}

async function start(ctx: Context, letter: Letter, inbound: InboundMessage): Promise<Place> {
  const { at } = letter
  const channel = await findChannelFor(ctx.tx, letter.recipients)
  const historic = inbound.historic
  const customer = letter.hasSender ? await recogniseCustomer(ctx, { ...letter.sender, historic, at }) : null
  const id = newId<ConversationId>(at)
  const teamId = channel?.teamId ?? null
  await insertConversation(ctx.tx, {
    id,
    subject: letter.subject,
    status: startingStatus({ kind: letter.kind, historic, at }, ctx.now),
    medium: 'email',
    channelId: channel?.id ?? null,
    customerId: customer?.id ?? null,
    teamId,
    audience: await audienceOf(ctx.tx, teamId, []),
    fields: {},
    tags: [],
    historic,
    at,
    now: ctx.now,
  })
  const past = historic ? { historic: true, at: at.toISOString() } : {}
  ctx.record('conversation.started', {
    conversationId: id,
    medium: 'email',
    customerId: customer?.id ?? null,
    channelId: channel?.id ?? null,
    ...past,
  })
  const voice = voiceOf({ isParticipant: true, isColleague: await isColleague(ctx.tx, letter.sender.address), historic }, true)
  return { id, author: { kind: voice.kind, id: customer?.id ?? null }, marks: voice.marks, kind: letter.kind }
}

async function append(ctx: Context, letter: Letter, found: Found): Promise<Place> {
  const known = await findParticipant(ctx.tx, found.id, letter.sender.address)
  const isColleagues = await isColleague(ctx.tx, letter.sender.address)
  const voice = voiceOf({ isParticipant: known?.admitted ?? false, isColleague: isColleagues, historic: found.historic }, false)
  const customer =
    letter.hasSender && voice.kind === 'customer'
      ? await recogniseCustomer(ctx, { ...letter.sender, historic: found.historic, at: letter.at })
      : null
  if (reopens({ kind: found.kind, historic: found.historic }, found.status)) {
    await reopenForMail(ctx.tx, found.id, ctx.now)
    ctx.record('conversation.reopened', { conversationId: found.id, by: 'message' })
  }
  return { id: found.id, author: { kind: voice.kind, id: customer?.id ?? null }, marks: voice.marks, kind: found.kind }
}

async function say(ctx: Context, inbound: InboundMessage, { letter, place }: { letter: Letter; place: Place }): Promise<void> {
  const { mail, at } = letter
  const automatic = place.kind
  await insertMessage(ctx.tx, {
    id: letter.id,
    conversationId: place.id,
    at,
    medium: 'email',
    direction: 'in',
    author: { ...place.author, name: letter.sender.name },
    from: mail.from ?? mail.sender,
    to: mail.to,
    cc: mail.cc,
    subject: letter.subject,
    text: letter.text,
    replyText: letter.replyText,
    quotedText: letter.quotedText,
    html: letter.html,
    quotedHtml: letter.quotedHtml,
    remoteImages: letter.remoteImages,
    sentAt: mail.sentAt,
    automatic,
    marks: place.marks,
    authentication: letter.canBeAuthenticated ? 'pending' : 'none',
    inboundId: inbound.id,
    mailId: mail.messageId,
    historic: inbound.historic,
  })
  const files = await Promise.all(letter.files.map(async ({ content, ...it }) => ({ ...it, file: await keepFile(ctx, content) })))
  await insertAttachments(ctx.tx, letter.id, files)
  await linkThread(ctx.tx, place.id, letter)
  await nameParticipants(ctx.tx, place.id, namedIn(letter, place))
  const newest = {
    at,
    direction: 'in' as const,
    from: letter.sender.name,
    snippet: letter.snippet,
    countsAsUnread: !inbound.historic && !suppressed(automatic),
  }
  await saveNewest(ctx.tx, place.id, { ...newest, now: ctx.now })
  const past = inbound.historic ? { historic: true, at: at.toISOString() } : {}
  ctx.record('message.received', { conversationId: place.id, messageId: letter.id, ...(automatic ? { automatic } : {}), ...past })
}

const mostNamed = 50

// Whoever a customer names takes part; whoever a stranger names does not.
function namedIn(letter: Letter, place: Place) {
  const admitted = place.author.kind === 'customer'
  const others = [...letter.mail.to, ...letter.mail.cc].slice(0, mostNamed).map((it) => ({ ...it, admitted }))
  const sender = letter.hasSender ? [{ ...letter.sender, customerId: place.author.id, admitted }] : []
  return admitted ? [...others, ...sender] : sender
}

async function duplicate(ctx: Context, inbound: InboundMessage, firstId: string): Promise<Answered<Received>> {
  const first = await findFinished(ctx.tx, firstId)
  const { conversationId = null, messageId = null } = first ?? {}
  await finishInbound(ctx.tx, inbound.id, {
    outcome: 'suppressed',
    reason: 'duplicate',
    conversationId,
    messageId,
    sender: null,
    subject: null,
  })
  return new Answered(200, {
    outcome: first?.outcome ?? 'suppressed',
    reason: 'duplicate',
    ...(await receivedView(ctx, { messageId, conversationId })),
  })
}

// It was deleted for good: the copy that comes back goes the same way.
async function stayDeleted(ctx: Context, inbound: InboundMessage): Promise<Answered<Received>> {
  await dropUnusedFiles(ctx, await eraseInbound(ctx.tx, [inbound.id]))
  ctx.record('mail.deleted', { inboundId: inbound.id })
  return new Answered(201, { outcome: 'suppressed', reason: 'deleted' })
}
