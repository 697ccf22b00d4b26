import type { ConversationId, Status } from '../../../contract/conversations.ts'
import type { Context, Tx } from '../../../kernel/context.ts'
import { listLately, withoutPrefixes } from '../../channels/index.ts'
import { normalAddress } from '../../customers/index.ts'
import { listSentAt } from '../message-store.ts'
import { findParticipant, listWhereAdmitted, listWhereAtHome } from '../participants.ts'
import { type Before, fewestInLoop, looping, loopWindow } from './reception.ts'
import { type Evidence, mayFollow, mayJoin, type Side, type ThreadedBy, threaded } from './thread.ts'
import { estrange, findLinked, type Linked, listBegunAfter, lockSides, pourInto } from './thread-store.ts'
import type { Letter } from './understand.ts'

/** The conversation a mail belongs to, locked, and what kind of mail it turned out to be. */
export type Found = Locked & { kind: Letter['kind']; by: ThreadedBy | null }

/** `admitted`: the sender takes part in it. */
type Locked = { id: ConversationId; status: Status; historic: boolean; admitted: boolean }

type Hints = { evidence: Evidence; lately: readonly Before[] }

/** What there is to find a mail's conversation by. */
export async function lookAround(ctx: Context, letter: Letter): Promise<Hints> {
  const [evidence, lately] = await Promise.all([gather(ctx.tx, letter), sentLately(ctx, letter)])
  return { evidence, lately }
}

/** Finds the conversation a mail belongs to, joining the halves of a thread that it connects. Null when it starts one. */
export async function findThread(ctx: Context, letter: Letter, { evidence, lately }: Hints): Promise<Found | null> {
  const { into, by, same } = threaded(evidence)
  const awaited = new Set(evidence.awaited)
  const { repeats, lastIn } = repetition(letter, lately, into !== null)
  const kind = letter.kind ?? (repeats ? 'rate' : null)
  // A machine that repeats itself fills one conversation, not the inbox.
  const place = into ?? (repeats ? lastIn : null)
  if (place === null) return null
  const id = same.length === 0 ? place : await join(ctx, letter, { ids: [place, ...same], awaited })
  const found = await lockFound(ctx.tx, id, letter.sender.address)
  return found && { ...found, kind, by }
}

async function gather(tx: Tx, letter: Letter): Promise<Evidence> {
  const linked = await findLinked(tx, letter.own, letter.ancestors)
  // An id of ours leads home by itself where what it led to is not known any more.
  const named = letter.signedFor ?? (linked.ancestors.length === 0 ? letter.mentioned : null)
  const signed = named === null ? null : await survivorOf(tx, named)
  const known = { ...linked, signed, atHome: await whereAtHome(tx, letter, linked), token: null }
  if (letter.token === null || threaded(known).into !== null) return known
  return { ...known, token: await byToken(tx, letter.token, letter.sender.address) }
}

async function whereAtHome(tx: Tx, letter: Letter, { ancestors, awaited }: Linked): Promise<Set<ConversationId>> {
  const referring = [...ancestors.filter((it) => !it.own).map((it) => it.id), ...awaited]
  if (letter.historic || referring.length === 0) return new Set(referring)
  const [home, waiting] = await Promise.all([
    letter.hasSender ? listWhereAtHome(tx, letter.sender.address, referring) : [],
    listBegunAfter(tx, letter.mail.sentAt, referring),
  ])
  return new Set([...home, ...waiting])
}

async function byToken(tx: Tx, number: number, sender: string): Promise<ConversationId | null> {
  const row = await tx.selectFrom('conversations').select(['id', 'merged_into']).where('number', '=', String(number)).executeTakeFirst()
  if (!row) return null
  const id = (row.merged_into ?? row.id) as ConversationId
  return (await findParticipant(tx, id, sender))?.admitted ? id : null
}

async function survivorOf(tx: Tx, id: string): Promise<ConversationId | null> {
  const row = await tx.selectFrom('conversations').select(['id', 'merged_into']).where('id', '=', id).executeTakeFirst()
  return row ? ((row.merged_into ?? row.id) as ConversationId) : null
}

type Connected = { ids: readonly ConversationId[]; awaited: ReadonlySet<ConversationId> }

/** Joins the first with as many of the others as may be, and answers where everything is then. */
async function join(ctx: Context, letter: Letter, { ids, awaited }: Connected): Promise<ConversationId> {
  const sides = await lockSides(ctx.tx, ids)
  const admitted = new Set(letter.historic ? [] : await listWhereAdmitted(ctx.tx, letter.sender.address, ids))
  const isPartOf = (it: Side) => it.deserted || admitted.has(it.id)
  let into = sides.find((it) => it.id === ids[0])
  if (!into) return ids[0]!
  for (const other of sides.filter((it) => it.id !== ids[0])) {
    const by = { historic: letter.historic, takesPartInBoth: isPartOf(into) && isPartOf(other) }
    if (mayJoin(other, into, by)) into = await pour(ctx, other, into)
    else if (mayJoin(into, other, by)) into = await pour(ctx, into, other)
    else if (awaited.has(other.id) && mayFollow(other, into)) {
      await estrange(ctx.tx, { gone: other.id, survivor: into.id, vouched: admitted.has(into.id) ? namedBy(letter) : [] })
      into = await pour(ctx, other, into)
    }
  }
  return into.id
}

const namedBy = ({ mail }: Letter) => [...mail.to, ...mail.cc].map((it) => normalAddress(it.address))

async function pour(ctx: Context, gone: Side, survivor: Side): Promise<Side> {
  await pourInto(ctx.tx, gone.id, survivor.id, ctx.now)
  const past = gone.historic ? { historic: true, at: gone.started.toISOString() } : {}
  ctx.record('conversation.joined', { conversationId: gone.id, into: survivor.id, ...past })
  return { ...survivor, teamId: survivor.teamId ?? gone.teamId }
}

async function sentLately(ctx: Context, letter: Letter): Promise<Before[]> {
  if (!letter.hasSender || letter.historic) return []
  const since = new Date(ctx.now.getTime() - loopWindow)
  const lately = await listLately(ctx.tx, { sender: letter.sender.address, since })
  if (lately.length < fewestInLoop) return []
  const times = await listSentAt(
    ctx.tx,
    lately.flatMap((it) => it.messageId ?? []),
  )
  return lately.map((it) => bare({ ...it, sentAt: times.get(it.messageId ?? '') ?? null }))
}

function repetition(letter: Letter, before: readonly Before[], isThreaded: boolean): { repeats: boolean; lastIn: ConversationId | null } {
  const { kind, subject, bodyHash, mail } = letter
  const like = looping(bare({ kind, subject, bodyHash, isThreaded, sentAt: mail.sentAt }), before)
  return {
    repeats: like.length > 0,
    lastIn: (like.find((it) => it.conversationId !== null)?.conversationId ?? null) as ConversationId | null,
  }
}

const bare = <T extends { subject: string }>(it: T): T => ({ ...it, subject: withoutPrefixes(it.subject) })

// It may have been merged away between looking and locking: then its survivor is the place.
async function lockFound(tx: Tx, id: ConversationId, sender: string): Promise<Locked | null> {
  // Two statements in one go: who takes part is read after the lock, as whoever held it left that.
  const [row, known] = await Promise.all([
    tx.selectFrom('conversations').select(['status', 'historic', 'merged_into']).where('id', '=', id).forUpdate().executeTakeFirst(),
    findParticipant(tx, id, sender),
  ])
  if (!row) return null
  if (row.merged_into) return lockFound(tx, row.merged_into as ConversationId, sender)
  return { id, status: row.status as Status, historic: row.historic, admitted: known?.admitted ?? false }
}
