import { sql } from 'kysely'
import type { ConversationId } from '../../../contract/conversations.ts'
import type { Tx } from '../../../kernel/context.ts'
import { answersOfMachines } from '../mail/reception.ts'
import type { Known } from './recipients.ts'

/** Everybody who takes part in a conversation or is its customer, where the customer wrote last first. */
export async function listCorrespondents(tx: Tx, id: ConversationId): Promise<Known[]> {
  const { rows } = await sql<{ address: string; name: string; admitted: boolean; customer: boolean; colleague: boolean }>`
    with known as (
      select p.address, p.name, p.admitted, p.customer_id is not null and p.customer_id = c.customer_id as customer
      from conversation_participants p join conversations c on c.id = p.conversation_id where c.id = ${id}
      union all
      select point.value, coalesce(customer.name, ''), true, true
      from conversations c join customers customer on customer.id = c.customer_id
        join contact_points point on point.customer_id = c.customer_id and point.kind = 'email'
      where c.id = ${id} and not exists (
        select from conversation_participants p where p.conversation_id = c.id and (p.customer_id = c.customer_id or p.address = point.value))
    )
    select known.*, exists (select from people where people.email = known.address) as colleague from known
    order by customer desc, (
      select max(m.at) from messages m
      where m.conversation_id = ${id} and m.author_kind = 'customer' and lower(m.from_address ->> 'address') = known.address
    ) desc nulls last, address
    limit 500`.execute(tx)
  return rows.map(({ customer, colleague, ...it }) => ({ ...it, isCustomer: customer, isColleague: colleague }))
}

/** The newest thing somebody outside said: what a reply answers. */
export type Heard = {
  id: string
  at: Date
  sort: string
  authorName: string
  address: string | null
  text: string
  html: string | null
}

export async function findNewestHeard(tx: Tx, id: ConversationId): Promise<Heard | null> {
  const { rows } = await sql<Heard>`
    select m.id, m.at, m.at::text as sort, m.author_name as "authorName", m.from_address ->> 'address' as address, m.text, m.html
    from messages m
    where m.conversation_id = ${id} and m.direction = 'in' and m.author_kind in ('customer', 'stranger')
      and (m.automatic is null or m.automatic <> all(${answersOfMachines}))
    order by m.at desc, m.id desc limit 1`.execute(tx)
  return rows[0] ?? null
}

/** Whether a message of this conversation was said before another. Null when the conversation has no such message. */
export async function saidBefore(tx: Tx, id: ConversationId, { seen, newest }: { seen: string; newest: Heard }): Promise<boolean | null> {
  const { rows } = await sql<{ before: boolean }>`
    select (at, id) < (${newest.sort}::timestamptz, ${newest.id}::uuid) as before from messages where id = ${seen} and conversation_id = ${id}`.execute(
    tx,
  )
  return rows[0]?.before ?? null
}

/** The Message-IDs of what was said between the customer and us, oldest first: strangers' and machines' are not told on. */
export async function listMailIds(tx: Tx, id: ConversationId): Promise<{ mailId: string; inbound: boolean }[]> {
  const { rows } = await sql<{ mailId: string; inbound: boolean }>`
    select mail_id as "mailId", direction = 'in' as inbound from messages
    where conversation_id = ${id} and mail_id is not null and author_kind in ('customer', 'person', 'integration')
      and (automatic is null or automatic <> all(${answersOfMachines}))
    order by at desc, id desc limit 40`.execute(tx)
  return rows.reverse()
}

/** Where a conversation came in, and whether it may have a way out. */
export async function findWay(tx: Tx, id: ConversationId): Promise<{ channelId: string | null }> {
  const row = await tx.selectFrom('conversations').select('channel_id').where('id', '=', id).executeTakeFirstOrThrow()
  return { channelId: row.channel_id }
}
