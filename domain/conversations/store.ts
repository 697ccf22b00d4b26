import { type Selectable, sql } from 'kysely'
import type { ConversationId, Status } from '../../contract/conversations.ts'
import type { CustomerId } from '../../contract/customers.ts'
import type { Database } from '../../database/schema.ts'
import type { Actor, Tx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { personKey, visibleTo } from '../../kernel/visibility.ts'
import type { Conversation } from './conversation.ts'
import { answersOfMachines } from './mail/reception.ts'

const columns = [
  'id',
  'number',
  'subject',
  'status',
  'status_since',
  'snoozed_until',
  'customer_id',
  'owner_id',
  'team_id',
  'purpose',
  'kind',
  'fields',
  'tags',
  'audience',
  'merged_into',
] as const

/** Locks a conversation the actor may see. One they may not see does not exist for them. */
export async function lockConversation(ctx: { tx: Tx; actor: Actor }, id: ConversationId): Promise<Conversation> {
  const row = await ctx.tx
    .selectFrom('conversations')
    .select(columns)
    .where('id', '=', id)
    .where(visibleTo(ctx.actor, 'conversations'))
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'conversation_not_found', 'There is no such conversation.')
  return fromRow(row)
}

/** Snoozed conversations whose time has come. */
export async function listConversationsToWake(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('conversations')
    .select('id')
    .where('status', '=', 'snoozed')
    .where('snoozed_until', '<=', now)
    .orderBy('snoozed_until')
    .limit(limit)
    .execute()
  return rows.map((it) => it.id)
}

export type Newest = { at: Date; direction: 'in' | 'out' | 'internal'; from: string; snippet: string; countsAsUnread: boolean }

export type FreshConversation = {
  id: ConversationId
  subject: string
  status: Status
  medium: string
  channelId: string | null
  customerId: CustomerId | null
  teamId: string | null
  audience: readonly string[]
  fields: Record<string, unknown>
  tags: readonly string[]
  historic: boolean
  at: Date
  now: Date
  /** The words it starts with, for its inbox row. */
  newest?: Newest
}

/** Adds a conversation and returns the number it was given. */
export async function insertConversation(tx: Tx, it: FreshConversation): Promise<number> {
  const { number } = await conversationRow(tx, it).returning('number').executeTakeFirstOrThrow()
  return Number(number)
}

/** The row of a new conversation, as an insert that may be part of a wider statement. */
export function conversationRow(tx: Tx, it: FreshConversation) {
  return tx.insertInto('conversations').values({
    id: it.id,
    subject: it.subject,
    status: it.status,
    status_since: it.at,
    medium: it.medium,
    channel_id: it.channelId,
    customer_id: it.customerId,
    team_id: it.teamId,
    audience: [...it.audience],
    fields: JSON.stringify(it.fields),
    tags: [...it.tags],
    historic: it.historic,
    last_at: it.at,
    last_direction: it.newest?.direction ?? null,
    last_from: it.newest?.from ?? null,
    last_snippet: it.newest?.snippet ?? null,
    last_inbound_at: it.newest?.countsAsUnread ? it.at : null,
    created_at: it.at,
    updated_at: it.now,
  })
}

export async function saveConversation(tx: Tx, it: Conversation, now: Date): Promise<void> {
  await tx
    .updateTable('conversations')
    .set({
      subject: it.subject,
      status: it.status,
      status_since: it.statusSince,
      snoozed_until: it.snoozedUntil,
      owner_id: it.ownerId,
      team_id: it.teamId,
      purpose: it.purpose,
      kind: it.kind,
      fields: JSON.stringify(it.fields),
      tags: [...it.tags],
      audience: [...it.audience],
      updated_at: now,
    })
    .where('id', '=', it.id)
    .execute()
}

/** Imported mail arrives in any order: whoever really spoke first is the customer, and names the conversation. */
export async function saveFirst(tx: Tx, id: ConversationId, it: { at: Date; subject: string; customerId: string | null }): Promise<void> {
  await tx
    .updateTable('conversations')
    .set({ subject: it.subject, ...(it.customerId === null ? {} : { customer_id: it.customerId }) })
    .where('id', '=', id)
    .where('historic', '=', true)
    .where('created_at', '>', it.at)
    .execute()
}

/** Remembers the newest words for the inbox row, unless newer ones are there already (imports arrive in any order). */
export async function saveNewest(tx: Tx, id: ConversationId, it: Newest & { now: Date }): Promise<void> {
  await newestOf(id, it).execute(tx)
}

/** The same, to be part of a wider statement. */
export const newestOf = (id: ConversationId, it: Newest & { now: Date }) => sql`
    update conversations set
      last_direction = case when ${it.at} >= last_at or last_direction is null then ${it.direction} else last_direction end,
      last_from = case when ${it.at} >= last_at or last_from is null then ${it.from} else last_from end,
      last_snippet = case when ${it.at} >= last_at or last_snippet is null then ${it.snippet} else last_snippet end,
      last_inbound_at = ${it.countsAsUnread ? sql`greatest(last_inbound_at, ${it.at}::timestamptz)` : sql`last_inbound_at`},
      last_at = greatest(last_at, ${it.at}::timestamptz),
      created_at = least(created_at, ${it.at}::timestamptz),
      updated_at = ${it.now}
    where id = ${id}`

/** Looks up anew what was said last, after something was taken out. */
export async function refreshNewest(tx: Tx, id: ConversationId, now: Date): Promise<void> {
  await sql`
    update conversations c set
      last_at = coalesce(newest.at, c.created_at), last_direction = newest.direction, last_from = newest.author_name,
      last_snippet = left(regexp_replace(newest.reply_text, '\\s+', ' ', 'g'), 200),
      last_inbound_at = (select max(m.at) from messages m where m.conversation_id = c.id and m.direction = 'in' and not m.historic
        and (m.automatic is null or m.automatic <> all(${answersOfMachines}))),
      updated_at = ${now}
    from (select 1) one left join lateral (
      select at, direction, author_name, reply_text from messages m where m.conversation_id = ${id} order by m.at desc, m.id desc limit 1
    ) newest on true
    where c.id = ${id}`.execute(tx)
}

/** A customer takes part in nothing any more. */
export async function forgetParticipant(tx: Tx, customerId: CustomerId): Promise<void> {
  await tx.deleteFrom('conversation_participants').where('customer_id', '=', customerId).execute()
}

/** The customer wrote: whatever it waited for, it is open again. */
export async function reopenForMail(tx: Tx, id: ConversationId, now: Date): Promise<void> {
  await tx
    .updateTable('conversations')
    .set({ status: 'open', status_since: now, snoozed_until: null, updated_at: now })
    .where('id', '=', id)
    .execute()
}

/** Gives all conversations of a team these keys; those who were invited keep theirs. */
export async function saveTeamAudience(tx: Tx, teamId: string, keys: readonly string[]): Promise<void> {
  await sql`
    update conversations c set audience = ${keys}::text[]
      || array(select ${personKey('')} || guest.person_id from conversation_guests guest where guest.conversation_id = c.id)
    where c.team_id = ${teamId}`.execute(tx)
}

export async function insertGuest(tx: Tx, it: { id: ConversationId; personId: string; now: Date }): Promise<void> {
  const row = { conversation_id: it.id, person_id: it.personId, invited_at: it.now }
  await tx
    .insertInto('conversation_guests')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute()
}

/** Answers whether the person was a guest until now. */
export async function deleteGuest(tx: Tx, it: { id: ConversationId; personId: string }): Promise<boolean> {
  const gone = tx.deleteFrom('conversation_guests').where('conversation_id', '=', it.id).where('person_id', '=', it.personId)
  return (await gone.returning('person_id').executeTakeFirst()) !== undefined
}

export async function listGuests(tx: Tx, id: ConversationId): Promise<string[]> {
  const rows = await tx.selectFrom('conversation_guests').select('person_id').where('conversation_id', '=', id).execute()
  return rows.map((it) => it.person_id)
}

export async function listMergedInto(tx: Tx, id: ConversationId): Promise<ConversationId[]> {
  const rows = await tx.selectFrom('conversations').select('id').where('merged_into', '=', id).execute()
  return rows.map((it) => it.id as ConversationId)
}

/** Every conversation of a customer, merged ones included, locked. */
export async function listConversationsOf(tx: Tx, customerId: CustomerId): Promise<ConversationId[]> {
  const own = await tx.selectFrom('conversations').select('id').where('customer_id', '=', customerId).orderBy('id').forUpdate().execute()
  const merged =
    own.length === 0
      ? []
      : await tx
          .selectFrom('conversations')
          .select('id')
          .where(
            'merged_into',
            'in',
            own.map((it) => it.id),
          )
          .execute()
  return [...new Set([...own, ...merged].map((it) => it.id as ConversationId))]
}

/** Removes conversations with everything said in them. */
export async function eraseConversations(tx: Tx, ids: readonly ConversationId[]): Promise<void> {
  await tx
    .updateTable('messages')
    .set({ inbound_id: null })
    .where('conversation_id', 'in', [...ids])
    .execute()
  await tx
    .deleteFrom('conversations')
    .where('merged_into', 'in', [...ids])
    .execute()
  await tx
    .deleteFrom('conversations')
    .where('id', 'in', [...ids])
    .execute()
}

/** Remembers until when a person has seen a conversation; null forgets it, so that it counts as unread. */
export async function saveSeen(tx: Tx, it: { id: ConversationId; personId: string; at: Date | null }): Promise<void> {
  if (it.at === null) {
    await tx.deleteFrom('conversation_reads').where('conversation_id', '=', it.id).where('person_id', '=', it.personId).execute()
    return
  }
  const row = { conversation_id: it.id, person_id: it.personId, seen_at: it.at }
  await tx
    .insertInto('conversation_reads')
    .values(row)
    .onConflict((c) => c.columns(['conversation_id', 'person_id']).doUpdateSet({ seen_at: row.seen_at }))
    .execute()
}

function fromRow(row: Pick<Selectable<Database['conversations']>, (typeof columns)[number]>): Conversation {
  return {
    id: row.id as ConversationId,
    number: Number(row.number),
    subject: row.subject,
    status: row.status as Status,
    statusSince: row.status_since,
    snoozedUntil: row.snoozed_until,
    customerId: row.customer_id as CustomerId | null,
    ownerId: row.owner_id,
    teamId: row.team_id,
    purpose: row.purpose,
    kind: row.kind,
    fields: row.fields as Record<string, unknown>,
    tags: row.tags,
    audience: row.audience,
    mergedInto: row.merged_into as ConversationId | null,
  }
}
