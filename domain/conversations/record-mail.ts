import type { ConversationId } from '../../contract/conversations.ts'
import type { OutcomeReason, Received } from '../../contract/mail.ts'
import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/id.ts'
import { Answered } from '../../kernel/route.ts'
import { finishInbound, type InboundMessage, idReused } from '../channels/index.ts'
import { recogniseCustomer } from '../customers/index.ts'
import { keepFile, sha256Of } from '../files/index.ts'
import { audienceOf } from '../identity/index.ts'
import { type Found, findThread } from './find-thread.ts'
import { knownMail } from './known-mail.ts'
import type { MessageFile } from './message.ts'
import { insertAttachments, insertMessage } from './message-store.ts'
import { type Ours, whoIsOurs } from './ours.ts'
import { findParticipant, nameParticipants } from './participants.ts'
import { receivedView } from './received-view.ts'
import { reopens, startingStatus, suppressed, voiceOf } from './reception.ts'
import { insertConversation, reopenForMail, saveNewest } from './store.ts'
import { linkThread, waitForThread } from './thread-store.ts'
import { isAddress, type Letter } from './understand.ts'

/** Decides what a mail is to us and records it: once, in its thread, with everyone it names, and provoking nothing it should not. */
export async function recordMail(ctx: Context, inbound: InboundMessage, letter: Letter): Promise<Answered<Received>> {
  await waitForThread(ctx.tx, [letter.own, ...letter.ancestors])
  const known = await knownMail(ctx, inbound, letter)
  if (known) return known
  const reused = letter.mail.messageId !== null && (await idReused(ctx.tx, letter))
  const ours = await whoIsOurs(ctx.tx, letter, inbound.envelopeTo)
  const found = await findThread(ctx, letter)
  const place = found ? await append(ctx, letter, { found, ours }) : await start(ctx, letter, ours)
  const marks: OutcomeReason[] = reused ? [...place.marks, 'reused_message_id'] : place.marks
  await say(ctx, inbound, { letter, place: { ...place, marks }, ours })
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
  if (inbound.state === 'quarantined') ctx.record('mail.released', { inboundId: inbound.id })
  return new Answered(201, { outcome, ...(reason ? { reason } : {}), ...(await receivedView(ctx, { letter, conversationId: place.id })) })
}

type Place = {
  id: ConversationId
  author: { kind: 'customer' | 'stranger' | 'person' | 'system'; id: string | null }
  marks: OutcomeReason[]
  kind: Letter['kind']
}

async function start(ctx: Context, letter: Letter, ours: Ours): Promise<Place> {
  const { at, historic } = letter
  const { channel } = ours
  const voice = voiceOf({ kind: letter.kind, isParticipant: true, isOurs: ours.has(letter.sender.address), historic }, true)
  const asking = whoAsks(letter, voice.kind, ours)
  const customer = asking && (await recogniseCustomer(ctx, { ...asking, historic, at }))
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
  // It started when the mail arrived, not when we had read it: in the timeline it stands before the first words.
  ctx.record('conversation.started', {
    conversationId: id,
    medium: 'email',
    customerId: customer?.id ?? null,
    channelId: channel?.id ?? null,
    at: at.toISOString(),
    ...(historic ? { historic } : {}),
  })
  return {
    id,
    author: { kind: voice.kind, id: voice.kind === 'customer' ? (customer?.id ?? null) : null },
    marks: voice.marks,
    kind: letter.kind,
  }
}

// Where an imported thread begins with our own words, its customer is whoever they went to.
function whoAsks(letter: Letter, voice: Place['author']['kind'], ours: Ours): { address: string; name: string } | null {
  if (voice === 'system') return null
  if (voice !== 'person') return letter.hasSender ? letter.sender : null
  return [...letter.mail.to, ...letter.mail.cc].find((it) => !ours.has(it.address)) ?? null
}

async function append(ctx: Context, letter: Letter, { found, ours }: { found: Found; ours: Ours }): Promise<Place> {
  const { historic, at, sender } = letter
  const known = await findParticipant(ctx.tx, found.id, sender.address)
  const voice = voiceOf({ kind: found.kind, isParticipant: known?.admitted ?? false, isOurs: ours.has(sender.address), historic }, false)
  const customer = letter.hasSender && voice.kind === 'customer' ? await recogniseCustomer(ctx, { ...sender, historic, at }) : null
  if (reopens({ kind: found.kind, historic, at }, found, ctx.now)) {
    await reopenForMail(ctx.tx, found.id, ctx.now)
    // An import tells nobody: its threads only arrive in the state they belong in.
    if (!historic) ctx.record('conversation.reopened', { conversationId: found.id, by: 'message' })
  }
  return { id: found.id, author: { kind: voice.kind, id: customer?.id ?? null }, marks: voice.marks, kind: found.kind }
}

type Said = { letter: Letter; place: Place; ours: Ours }

async function say(ctx: Context, inbound: InboundMessage, { letter, place, ours }: Said): Promise<void> {
  const { mail, at } = letter
  const automatic = place.kind
  await insertMessage(ctx.tx, {
    id: letter.id,
    conversationId: place.id,
    at,
    medium: 'email',
    direction: place.author.kind === 'person' ? 'out' : 'in',
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
  await insertAttachments(ctx.tx, letter.id, await keepFiles(ctx, letter))
  await linkThread(ctx.tx, place.id, letter)
  await nameParticipants(ctx.tx, place.id, namedIn(letter, place, ours))
  const newest = {
    at,
    direction: place.author.kind === 'person' ? ('out' as const) : ('in' as const),
    from: letter.sender.name,
    snippet: letter.snippet,
    countsAsUnread: !inbound.historic && !suppressed(automatic),
  }
  await saveNewest(ctx.tx, place.id, { ...newest, now: ctx.now })
  const past = inbound.historic ? { historic: true, at: at.toISOString() } : {}
  ctx.record('message.received', { conversationId: place.id, messageId: letter.id, ...(automatic ? { automatic } : {}), ...past })
}

const mostNamed = 50

// Whoever a customer names takes part; whoever a stranger names does not. We ourselves are no part of it: we answer.
function namedIn(letter: Letter, place: Place, ours: Ours) {
  const { kind, id } = place.author
  const sender = { ...letter.sender, customerId: id, admitted: kind === 'customer' }
  if (kind === 'system') return []
  const others = kind === 'stranger' ? [] : [...letter.mail.to, ...letter.mail.cc].slice(0, mostNamed)
  const named = [...others.map((it) => ({ ...it, customerId: null, admitted: true })), ...(kind === 'person' ? [] : [sender])]
  return named.filter((it) => isAddress(it.address) && !ours.hasChannel(it.address))
}

// One after the other in one order, so that two mails with the same files never wait for each other in a circle.
async function keepFiles(ctx: Context, letter: Letter): Promise<MessageFile[]> {
  const kept = new Map<string, string>()
  const hashed = letter.files.map(({ content, ...it }) => ({ it, content, file: sha256Of(content) }))
  for (const { file, content } of hashed.toSorted((a, b) => (a.file < b.file ? -1 : 1))) {
    if (!kept.has(file)) kept.set(file, await keepFile(ctx, content))
  }
  return hashed.map(({ it, file }) => ({ ...it, file }))
}
