import type { ConversationId } from '../../../contract/conversations.ts'
import type { Outcome, OutcomeReason, Received } from '../../../contract/mail.ts'
import type { Context } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import { Answered } from '../../../kernel/route.ts'
import { Soon } from '../../../kernel/transact.ts'
import { claimIdentity, finishInbound, type InboundMessage } from '../../channels/index.ts'
import { recogniseCustomer } from '../../customers/index.ts'
import { keepFile, sha256Of } from '../../files/index.ts'
import { audienceOf } from '../../identity/index.ts'
import { heedReport } from '../mail-out/report.ts'
import type { Message, MessageFile } from '../message.ts'
import { insertAttachments } from '../message-store.ts'
import { type FreshConversation, reopenForMail, saveFirst } from '../store.ts'
import { type Found, findThread, lookAround } from './find-thread.ts'
import { knownMail } from './known-mail.ts'
import { type Ours, whoIsOurs } from './ours.ts'
import { viewOf } from './received-view.ts'
import { reopens, startingStatus, suppressed, voiceOf } from './reception.ts'
import { waitForThread } from './thread-store.ts'
import { isAddress, type Letter } from './understand.ts'
import { writeMail } from './write-mail.ts'

/** Decides what a mail is to us and records it: once, in its thread, with everyone it names, and provoking nothing it should not. */
export async function recordMail(
  ctx: Context,
  inbound: InboundMessage,
  letter: Letter,
): Promise<Answered<Received> | Soon<Answered<Received>>> {
  // Asked in this order and in one go: what waits for other mails of the thread comes before what looks at them.
  const [, claim, ours, hints] = await Promise.all([
    waitForThread(ctx.tx, [letter.own, ...letter.ancestors]),
    claimIdentity(ctx.tx, { ...letter, inboundId: inbound.id }),
    whoIsOurs(ctx.tx, letter, inbound.envelopeTo),
    lookAround(ctx, letter),
  ])
  const known = await knownMail(ctx, inbound, claim)
  if (known) return known
  const found = await findThread(ctx, letter, hints)
  const place = found ? await append(ctx, letter, { found, ours }) : await start(ctx, letter, ours)
  const marks: OutcomeReason[] = claim.reused && letter.mail.messageId !== null ? [...place.marks, 'reused_message_id'] : place.marks
  const outcome: Outcome = suppressed(found?.kind ?? letter.kind) ? 'suppressed' : found ? 'appended' : 'started'
  const reason = found?.kind ?? letter.kind ?? marks.at(-1) ?? null
  const finished = {
    outcome,
    reason,
    conversationId: place.id,
    messageId: letter.id,
    sender: letter.sender.address,
    subject: letter.subject,
  }
  const files = await keepFiles(ctx, letter)
  if (inbound.state === 'quarantined') ctx.record('mail.released', { inboundId: inbound.id })
  const saved = save(ctx, { inbound, letter, place: { ...place, marks }, ours, files, finished })
  if (letter.report && !inbound.historic) {
    await saved
    await heedReport(ctx, letter.report)
  }
  return new Soon(saved.then((view) => new Answered(201, { outcome, ...(reason ? { reason } : {}), ...view })))
}

type Place = {
  id: ConversationId
  author: { kind: 'customer' | 'stranger' | 'person' | 'system'; id: string | null }
  marks: OutcomeReason[]
  kind: Letter['kind']
  /** Set when the mail starts it. */
  fresh: FreshConversation | null
}

async function start(ctx: Context, letter: Letter, ours: Ours): Promise<Place> {
  const { at, historic } = letter
  const { channel } = ours
  const voice = voiceOf({ kind: letter.kind, isParticipant: true, isOurs: ours.has(letter.sender.address), historic }, true)
  const asking = whoAsks(letter, voice.kind, ours)
  const teamId = channel?.teamId ?? null
  const [customer, audience] = await Promise.all([
    asking && recogniseCustomer(ctx, { ...asking, historic, at }),
    audienceOf(ctx.tx, teamId, []),
  ])
  const id = newId<ConversationId>(at)
  const about = { medium: 'email' as const, channelId: channel?.id ?? null, customerId: customer?.id ?? null }
  const status = startingStatus({ kind: letter.kind, historic, at }, ctx.now)
  const said = { subject: letter.subject, fields: {}, tags: [] }
  const fresh: FreshConversation = { id, ...about, ...said, status, teamId, audience, historic, at, now: ctx.now }
  // It started when the mail arrived, not when we had read it: in the timeline it stands before the first words.
  ctx.record('conversation.started', { conversationId: id, ...about, at: at.toISOString(), ...(historic ? { historic } : {}) })
  const author = { kind: voice.kind, id: voice.kind === 'customer' ? about.customerId : null }
  return { id, author, marks: voice.marks, kind: letter.kind, fresh }
}

// Where an imported thread begins with our own words, its customer is whoever they went to.
function whoAsks(letter: Letter, voice: Place['author']['kind'], ours: Ours): { address: string; name: string } | null {
  if (voice === 'system') return null
  if (voice !== 'person') return letter.hasSender ? letter.sender : null
  return [...letter.mail.to, ...letter.mail.cc].find((it) => !ours.has(it.address)) ?? null
}

async function append(ctx: Context, letter: Letter, { found, ours }: { found: Found; ours: Ours }): Promise<Place> {
  const { historic, at, sender } = letter
  const standing = { isParticipant: found.admitted, isOurs: ours.has(sender.address), typed: found.by === 'token' }
  const voice = voiceOf({ kind: found.kind, historic, ...standing }, false)
  const customer = letter.hasSender && voice.kind === 'customer' ? await recogniseCustomer(ctx, { ...sender, historic, at }) : null
  if (reopens({ kind: found.kind, historic, at }, found, ctx.now)) {
    await reopenForMail(ctx.tx, found.id, ctx.now)
    // An import tells nobody: its threads only arrive in the state they belong in.
    if (!historic) ctx.record('conversation.reopened', { conversationId: found.id, by: 'message' })
  }
  return { id: found.id, author: { kind: voice.kind, id: customer?.id ?? null }, marks: voice.marks, kind: found.kind, fresh: null }
}

type Decided = {
  inbound: InboundMessage
  letter: Letter
  place: Place
  ours: Ours
  files: readonly MessageFile[]
  finished: Parameters<typeof finishInbound>[2]
}

// All in one go and in this order: no statement needs the answer of another.
async function save(ctx: Context, { inbound, letter, place, ours, files, finished }: Decided) {
  const { at } = letter
  const automatic = place.kind
  const newest = {
    at,
    direction: directionOf(place),
    from: letter.sender.name,
    snippet: letter.snippet,
    countsAsUnread: !inbound.historic && !suppressed(automatic),
  }
  const past = inbound.historic ? { historic: true, at: at.toISOString() } : {}
  ctx.record('message.received', { conversationId: place.id, messageId: letter.id, ...(automatic ? { automatic } : {}), ...past })
  const message = messageOf(letter, place, inbound)
  // Before the mail is written: from then on nobody can tell that it is older than all others.
  const first = inbound.historic && !place.fresh && { at, subject: letter.subject, customerId: customerIn(place) }
  const [, conversation] = await Promise.all([
    first && saveFirst(ctx.tx, place.id, first),
    writeMail(ctx, { fresh: place.fresh, message, newest, thread: letter, named: namedIn(letter, place, ours) }),
    insertAttachments(ctx.tx, letter.id, files),
    finishInbound(ctx.tx, inbound.id, finished),
  ])
  return { conversation, message: viewOf(letter) }
}

const customerIn = ({ author }: Place): string | null => (author.kind === 'customer' ? author.id : null)
const directionOf = (place: Place): Message['direction'] => (place.author.kind === 'person' ? 'out' : 'in')

function messageOf(letter: Letter, place: Place, inbound: InboundMessage): Message {
  const { mail, at } = letter
  return {
    id: letter.id,
    conversationId: place.id,
    at,
    medium: 'email',
    direction: directionOf(place),
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
    automatic: place.kind,
    marks: place.marks,
    authentication: letter.canBeAuthenticated ? 'pending' : 'none',
    inboundId: inbound.id,
    mailId: mail.messageId,
    historic: inbound.historic,
  }
}

const mostNamed = 50

// Whoever a customer names takes part; whoever a stranger or an unproven sender names does not. We ourselves are no part of it: we answer.
function namedIn(letter: Letter, place: Place, ours: Ours) {
  const { kind, id } = place.author
  const sender = { ...letter.sender, customerId: id, admitted: kind === 'customer' }
  if (kind === 'system') return []
  const doubtful = kind === 'stranger' || place.marks.includes('unproven_sender')
  const others = doubtful ? [] : [...letter.mail.to, ...letter.mail.cc].slice(0, mostNamed)
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
