import type { ConversationId, Status } from '../../contract/conversations.ts'
import type { Context, Tx } from '../../kernel/context.ts'
import { findRepeated } from '../channels/index.ts'
import { findParticipant } from './participants.ts'
import { looping, loopWindow } from './reception.ts'
import { type Evidence, mayJoin, threaded } from './thread.ts'
import { findLinked, lockSides, pourInto } from './thread-store.ts'
import type { Letter } from './understand.ts'

/** The conversation a mail belongs to, locked, and what kind of mail it turned out to be. */
export type Found = { id: ConversationId; status: Status; historic: boolean; kind: Letter['kind'] }

/** Finds the conversation a mail belongs to, joining the halves of a thread that it connects. Null when it starts one. */
export async function findThread(ctx: Context, letter: Letter): Promise<Found | null> {
  const evidence = await gather(ctx.tx, letter)
  const { into, same } = threaded(evidence)
  if (!into) return repeated(ctx, letter)
  const id = same.length === 0 ? into : await join(ctx, into, same)
  return lockFound(ctx.tx, id, letter.kind)
}

async function gather(tx: Tx, letter: Letter): Promise<Evidence> {
  const linked = await findLinked(tx, letter.own, letter.ancestors)
  const signed = letter.signedFor === null ? null : await survivorOf(tx, letter.signedFor)
  const decided = signed !== null || linked.ancestors.length > 0 || linked.awaited.length > 0
  return { ...linked, signed, token: decided || letter.token === null ? null : await byToken(tx, letter.token, letter.sender.address) }
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

async function join(ctx: Context, into: ConversationId, same: readonly ConversationId[]): Promise<ConversationId> {
  const sides = await lockSides(ctx.tx, [into, ...same])
  const survivor = sides.find((it) => it.id === into)
  if (!survivor) return into
  for (const gone of sides) {
    if (gone.id === into || !mayJoin(gone, survivor)) continue
    await pourInto(ctx.tx, gone.id, into, ctx.now)
    const past = gone.historic ? { historic: true, at: gone.started.toISOString() } : {}
    ctx.record('conversation.joined', { conversationId: gone.id, into, ...past })
  }
  return into
}

// A machine that repeats itself fills one conversation, not the inbox.
async function repeated(ctx: Context, letter: Letter): Promise<Found | null> {
  if (!letter.hasSender || letter.historic) return null
  const since = new Date(ctx.now.getTime() - loopWindow)
  const before = await findRepeated(ctx.tx, { sender: letter.sender.address, subject: letter.subject, since })
  if (!looping(before.count) || before.conversationId === null) return null
  return lockFound(ctx.tx, before.conversationId as ConversationId, 'rate')
}

// It may have been merged away between looking and locking: then its survivor is the place.
async function lockFound(tx: Tx, id: ConversationId, kind: Letter['kind']): Promise<Found | null> {
  const row = await tx
    .selectFrom('conversations')
    .select(['status', 'historic', 'merged_into'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return null
  if (row.merged_into) return lockFound(tx, row.merged_into as ConversationId, kind)
  return { id, status: row.status as Status, historic: row.historic, kind }
}
