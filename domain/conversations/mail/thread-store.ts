import { sql } from 'kysely'
import type { ConversationId } from '../../../contract/conversations.ts'
import type { Tx } from '../../../kernel/context.ts'
import { moveInbound } from '../../channels/index.ts'
import type { Evidence, Side } from './thread.ts'

export type Linked = Pick<Evidence, 'ancestors' | 'awaited'>

/**
 * Waits for other mails of the same thread that are being recorded right now, so that two of them arriving together see
 * each other. Locks are taken in one order, and before any other, so that mails never wait for each other in a circle.
 */
export async function waitForThread(tx: Tx, hashes: readonly string[]): Promise<void> {
  const keys = [...new Set(hashes)].sort().map((hash) => BigInt.asIntN(64, BigInt(`0x${hash.replaceAll('-', '').slice(0, 16)}`)).toString())
  await sql`select pg_advisory_xact_lock(key) from unnest(${keys}::bigint[]) key`.execute(tx)
}

/**
 * Conversations that this mail's ancestors lead to (nearest first), and those that were waiting for this very mail. Where
 * a mail itself lies counts before where it is only referred to. Its own id in a mail we have is another's id used again.
 */
export async function findLinked(tx: Tx, own: string, ancestors: readonly string[]): Promise<Linked> {
  const rows = await tx
    .selectFrom('thread_links')
    .select(['message_hash', 'conversation_id', 'own'])
    .where('message_hash', 'in', [own, ...ancestors])
    .orderBy('own', 'desc')
    .orderBy('conversation_id')
    .execute()
  const at = (hash: string) => rows.filter((row) => row.message_hash === hash)
  const linkOf = (row: { conversation_id: string; own: boolean }) => ({ id: row.conversation_id as ConversationId, own: row.own })
  const awaited = at(own).map(linkOf)
  return { ancestors: ancestors.flatMap(at).map(linkOf), awaited: awaited.some((it) => it.own) ? [] : awaited.map((it) => it.id) }
}

/**
 * Those of the conversations that began, by our clock, after a mail says it was written: it was only late. Who lays a
 * snare for a mail that is still to come was here before it.
 */
export async function listBegunAfter(tx: Tx, sentAt: Date | null, ids: readonly ConversationId[]): Promise<ConversationId[]> {
  if (sentAt === null) return []
  const rows = await tx
    .selectFrom('conversations')
    .select('id')
    .where('id', 'in', [...ids])
    .where('created_at', '>', sentAt)
    .execute()
  return rows.map((it) => it.id as ConversationId)
}

/** Remembers that a mail and everything it refers to belong to a conversation. */
export async function linkThread(tx: Tx, id: ConversationId, it: Linking): Promise<void> {
  await linkingOf(id, it).execute(tx)
}

type Linking = { own: string; ancestors: readonly string[] }

/** The same, to be part of a wider statement. Its text is one for any number of ids, so that it is prepared once. */
export function linkingOf(id: ConversationId, it: Linking) {
  const others = it.ancestors.filter((hash) => hash !== it.own)
  return sql`
    insert into thread_links (message_hash, conversation_id, own)
    select hash, ${id}::uuid, hash = ${it.own}::uuid from unnest(${[it.own, ...others]}::uuid[]) hash
    on conflict (message_hash, conversation_id) do update set own = thread_links.own or excluded.own`
}

/** Forgets that a conversation has a mail: it never went out. */
export async function unlinkThread(tx: Tx, id: ConversationId, own: string): Promise<void> {
  await tx.deleteFrom('thread_links').where('conversation_id', '=', id).where('message_hash', '=', own).execute()
}

/** Locks the conversations a mail connects, in one order so that two mails never wait for each other. */
export async function lockSides(tx: Tx, ids: readonly ConversationId[]): Promise<Side[]> {
  const rows = await tx
    .selectFrom('conversations as c')
    .select(['c.id', 'c.team_id', 'c.historic', 'c.created_at'])
    .select(
      sql<boolean>`c.owner_id is not null or c.purpose is not null or c.kind is not null or c.tags <> '{}' or c.fields <> '{}'
        or exists (select from conversation_guests guest where guest.conversation_id = c.id)
        or exists (select from messages m where m.conversation_id = c.id and m.direction <> 'in' and not m.historic)`.as('touched'),
    )
    .select(
      sql<boolean>`c.customer_id is null and not exists (
        select from conversation_participants part where part.conversation_id = c.id and part.admitted)`.as('deserted'),
    )
    .where('c.id', 'in', [...ids])
    .where('c.merged_into', 'is', null)
    .orderBy('c.id')
    .forUpdate('c')
    .execute()
  return rows.map((row) => ({
    id: row.id as ConversationId,
    teamId: row.team_id,
    historic: row.historic,
    started: row.created_at,
    touched: row.touched,
    deserted: row.deserted,
  }))
}

type Estranged = { gone: ConversationId; survivor: ConversationId; vouched: readonly string[] }

/** Before one conversation follows another: who does not take part in the other, nor is vouched for, is a stranger from now on. */
export async function estrange(tx: Tx, { gone, survivor, vouched }: Estranged): Promise<void> {
  const known = sql`select address from conversation_participants where conversation_id = ${survivor} and admitted union select unnest(${vouched}::text[])`
  await sql`
    update conversation_participants set admitted = false where conversation_id = ${gone} and admitted and address not in (${known})`.execute(
    tx,
  )
  await sql`
    update messages set author_kind = 'stranger', author_id = null, marks = array_append(marks, 'stranger')
    where conversation_id = ${gone} and author_kind = 'customer' and lower(from_address ->> 'address') not in (${known})`.execute(tx)
}

/** Moves everything of one conversation into another and leaves a sign where it was. */
export async function pourInto(tx: Tx, gone: ConversationId, survivor: ConversationId, now: Date): Promise<void> {
  await tx.updateTable('messages').set({ conversation_id: survivor }).where('conversation_id', '=', gone).execute()
  await moveInbound(tx, gone, survivor)
  await mingle(tx, gone, survivor)
  // What flowed into the one that goes now flows on, so that a sign never leads to another sign.
  await tx
    .updateTable('conversations')
    .set({ merged_into: survivor, status: 'closed', snoozed_until: null, updated_at: now })
    .where((c) => c.or([c('id', '=', gone), c('merged_into', '=', gone)]))
    .execute()
  await sql`
    insert into thread_links (message_hash, conversation_id, own) select message_hash, ${survivor}, own from thread_links where conversation_id = ${gone}
    on conflict (message_hash, conversation_id) do update set own = thread_links.own or excluded.own`.execute(tx)
  await tx.deleteFrom('thread_links').where('conversation_id', '=', gone).execute()
  await sql`
    insert into conversation_participants (conversation_id, address, name, customer_id, admitted)
    select ${survivor}, address, name, customer_id, admitted from conversation_participants where conversation_id = ${gone}
    on conflict (conversation_id, address) do update set admitted = conversation_participants.admitted or excluded.admitted`.execute(tx)
}

// The earlier half says what it is about and whose it is, the later one what was said last; open is what either was.
async function mingle(tx: Tx, gone: ConversationId, survivor: ConversationId): Promise<void> {
  await sql`
    update conversations survivor set
      last_at = greatest(survivor.last_at, gone.last_at),
      last_direction = case when gone.last_at > survivor.last_at then gone.last_direction else survivor.last_direction end,
      last_from = case when gone.last_at > survivor.last_at then gone.last_from else survivor.last_from end,
      last_snippet = case when gone.last_at > survivor.last_at then gone.last_snippet else survivor.last_snippet end,
      last_inbound_at = greatest(survivor.last_inbound_at, gone.last_inbound_at),
      subject = case when gone.created_at < survivor.created_at then gone.subject else survivor.subject end,
      customer_id = case when gone.created_at < survivor.created_at then coalesce(gone.customer_id, survivor.customer_id)
        else coalesce(survivor.customer_id, gone.customer_id) end,
      created_at = least(survivor.created_at, gone.created_at),
      status = case when gone.status = 'open' and survivor.status = 'closed' then 'open' else survivor.status end,
      audience = case when survivor.team_id is null and gone.team_id is not null then gone.audience else survivor.audience end,
      channel_id = coalesce(survivor.channel_id, gone.channel_id),
      team_id = coalesce(survivor.team_id, gone.team_id)
    from conversations gone where gone.id = ${gone} and survivor.id = ${survivor}`.execute(tx)
}
