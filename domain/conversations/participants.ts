import { sql } from 'kysely'
import type { ConversationId } from '../../contract/conversations.ts'
import type { Context, Tx } from '../../kernel/context.ts'
import { permit } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { normalAddress } from '../customers/index.ts'
import { lockConversation } from './store.ts'

export type Named = { address: string; name: string; customerId?: string | null; admitted: boolean }

export async function findParticipant(tx: Tx, id: ConversationId, address: string): Promise<{ admitted: boolean } | undefined> {
  return tx
    .selectFrom('conversation_participants')
    .select('admitted')
    .where('conversation_id', '=', id)
    .where('address', '=', normalAddress(address))
    .executeTakeFirst()
}

/** Those of some conversations in which an address takes part. */
export async function listWhereAdmitted(tx: Tx, address: string, ids: readonly ConversationId[]): Promise<ConversationId[]> {
  const rows = await tx
    .selectFrom('conversation_participants')
    .select('conversation_id')
    .where('conversation_id', 'in', [...ids])
    .where('address', '=', normalAddress(address))
    .where('admitted', '=', true)
    .execute()
  return rows.map((it) => it.conversation_id as ConversationId)
}

/** Those of some conversations in which an address takes part, or which are its customer's. */
export async function listWhereAtHome(tx: Tx, address: string, ids: readonly ConversationId[]): Promise<ConversationId[]> {
  const customers = await tx
    .selectFrom('conversations')
    .innerJoin('contact_points', 'contact_points.customer_id', 'conversations.customer_id')
    .select('conversations.id')
    .where('conversations.id', 'in', [...ids])
    .where('contact_points.kind', '=', 'email')
    .where('contact_points.value', '=', normalAddress(address))
    .execute()
  return [...customers.map((it) => it.id as ConversationId), ...(await listWhereAdmitted(tx, address, ids))]
}

/** Remembers who takes part. Whoever was admitted once stays so. */
export async function nameParticipants(tx: Tx, id: ConversationId, people: readonly Named[]): Promise<void> {
  const distinct = new Map(people.map((it) => [normalAddress(it.address), it]))
  if (distinct.size === 0) return
  const rows = [...distinct].map(([address, it]) => ({
    conversation_id: id,
    address,
    name: it.name,
    customer_id: it.customerId ?? null,
    admitted: it.admitted,
  }))
  await tx
    .insertInto('conversation_participants')
    .values(rows)
    .onConflict((c) =>
      c.columns(['conversation_id', 'address']).doUpdateSet({
        admitted: sql<boolean>`conversation_participants.admitted or excluded.admitted`,
        customer_id: sql<string | null>`coalesce(conversation_participants.customer_id, excluded.customer_id)`,
      }),
    )
    .execute()
}

/** A person vouches for a stranger who replied into the thread: from now on they take part. */
export async function admitParticipant(ctx: Context, id: ConversationId, address: string): Promise<void> {
  permit(ctx, 'conversation.admit')
  await lockConversation(ctx, id)
  const admitted = await ctx.tx
    .updateTable('conversation_participants')
    .set({ admitted: true })
    .where('conversation_id', '=', id)
    .where('address', '=', normalAddress(address))
    .returning('address')
    .executeTakeFirst()
  if (!admitted) throw new Refusal('not_found', 'participant_not_found', 'Nobody with this address wrote here.')
  ctx.record('participant.admitted', { conversationId: id })
}
