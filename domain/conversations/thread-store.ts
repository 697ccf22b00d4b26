import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { ConversationId } from '../../contract/conversations.ts'
import type { Tx } from '../../kernel/context.ts'
import type { Evidence, Side } from './thread.ts'

/** The first 16 bytes of a SHA-256, as a uuid: Message-IDs are long and odd, an index of these is not. */
export function shortHash(value: string | Uint8Array): string {
  const hex = createHash('sha256').update(value).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

type Linked = Pick<Evidence, 'ancestors' | 'awaited'>

/** Conversations that this mail's ancestors lead to (nearest first), and those that were waiting for this very mail. */
export async function findLinked(tx: Tx, own: string, ancestors: readonly string[]): Promise<Linked> {
  const rows = await tx
    .selectFrom('thread_links')
    .select(['message_hash', 'conversation_id'])
    .where('message_hash', 'in', [own, ...ancestors])
    .execute()
  const at = (hash: string) => rows.filter((row) => row.message_hash === hash).map((row) => row.conversation_id as ConversationId)
  return { ancestors: ancestors.flatMap(at), awaited: at(own) }
}

/** Remembers that a mail and everything it refers to belong to a conversation. */
export async function linkThread(tx: Tx, id: ConversationId, it: { own: string; ancestors: readonly string[] }): Promise<void> {
  const rows = [it.own, ...it.ancestors].map((hash, index) => ({ message_hash: hash, conversation_id: id, own: index === 0 }))
  await tx
    .insertInto('thread_links')
    .values(rows)
    .onConflict((c) => c.columns(['message_hash', 'conversation_id']).doUpdateSet({ own: sql<boolean>`thread_links.own or excluded.own` }))
    .execute()
}

/** Locks the conversations a mail connects, in one order so that two mails never wait for each other. */
export async function lockSides(tx: Tx, ids: readonly ConversationId[]): Promise<Side[]> {
  const rows = await tx
    .selectFrom('conversations')
    .select(['id', 'customer_id', 'historic', 'created_at', 'owner_id', 'merged_into'])
    .where('id', 'in', [...ids])
    .where('merged_into', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map((row) => ({
    id: row.id as ConversationId,
    customerId: row.customer_id,
    historic: row.historic,
    started: row.created_at,
    touched: row.owner_id !== null,
  }))
}

/** Moves everything of one conversation into another and leaves a sign where it was. */
export async function pourInto(tx: Tx, gone: ConversationId, survivor: ConversationId, now: Date): Promise<void> {
  await tx.updateTable('messages').set({ conversation_id: survivor }).where('conversation_id', '=', gone).execute()
  await tx
    .updateTable('conversations')
    .set({ merged_into: survivor, status: 'closed', snoozed_until: null, updated_at: now })
    .where('id', '=', gone)
    .execute()
  await sql`
    insert into thread_links (message_hash, conversation_id, own) select message_hash, ${survivor}, own from thread_links where conversation_id = ${gone}
    on conflict (message_hash, conversation_id) do update set own = thread_links.own or excluded.own`.execute(tx)
  await tx.deleteFrom('thread_links').where('conversation_id', '=', gone).execute()
  await sql`
    insert into conversation_participants (conversation_id, address, name, customer_id, admitted)
    select ${survivor}, address, name, customer_id, admitted from conversation_participants where conversation_id = ${gone}
    on conflict (conversation_id, address) do update set admitted = conversation_participants.admitted or excluded.admitted`.execute(tx)
  await sql`
    update conversations survivor set
      last_at = greatest(survivor.last_at, gone.last_at),
      last_direction = case when gone.last_at > survivor.last_at then gone.last_direction else survivor.last_direction end,
      last_from = case when gone.last_at > survivor.last_at then gone.last_from else survivor.last_from end,
      last_snippet = case when gone.last_at > survivor.last_at then gone.last_snippet else survivor.last_snippet end,
      last_inbound_at = greatest(survivor.last_inbound_at, gone.last_inbound_at),
      subject = case when gone.created_at < survivor.created_at then gone.subject else survivor.subject end,
      customer_id = case when gone.created_at < survivor.created_at then gone.customer_id else survivor.customer_id end,
      created_at = least(survivor.created_at, gone.created_at)
    from conversations gone where gone.id = ${gone} and survivor.id = ${survivor}`.execute(tx)
}
