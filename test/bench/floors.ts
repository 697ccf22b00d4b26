import { randomUUID } from 'node:crypto'
import type pg from 'pg'

/** What a floor is allowed to know: the pool, and whose eyes it looks with. */
export type FloorNeeds = { pool: pg.Pool; audience: readonly string[]; personId: string }

// Hand-written, with names, so that PostgreSQL parses and plans each once per connection: nobody can do it in less.

/** The shape of a floor's own tables: what a transaction costs here when it does nothing but keep a conversation. */
export async function makeFloorTables(pool: pg.Pool): Promise<void> {
  await pool.query(`
    drop schema if exists floor cascade;
    create schema floor;
    create table floor.conversations (id uuid primary key, number bigint generated always as identity, subject text not null,
      customer text not null, status text not null, created_at timestamptz not null);
    create table floor.messages (id uuid primary key, conversation_id uuid not null references floor.conversations, at timestamptz not null,
      sender text not null, subject text not null, text text not null);
    create index on floor.messages (conversation_id, at);
    create table floor.events (id bigint generated always as identity primary key, name text not null, subject_id uuid not null, data jsonb not null,
      at timestamptz not null);
    create table floor.searched_messages (like floor.messages including all);
    create index on floor.searched_messages using gin (to_tsvector('simple', text))`)
}

/** One plain transaction: a conversation, its message and an event, committed to the disk; with or without a text index. */
export async function plainTransaction({ pool }: FloorNeeds, words: string, table: 'messages' | 'searched_messages'): Promise<void> {
  const client = await pool.connect()
  const [id, messageId, now] = [randomUUID(), randomUUID(), new Date()]
  try {
    await client.query('begin')
    await client.query({
      name: 'floor conversation',
      text: `insert into floor.conversations (id, subject, customer, status, created_at) values ($1, $2, $3, 'open', $4)`,
      values: [id, 'The report stays empty', 'writer@sender.example', now],
    })
    await client.query({
      name: `floor ${table}`,
      text: `insert into floor.${table} (id, conversation_id, at, sender, subject, text) values ($1, $2, $3, $4, $5, $6)`,
      values: [messageId, id, now, 'writer@sender.example', 'The report stays empty', words],
    })
    await client.query({
      name: 'floor event',
      text: `insert into floor.events (name, subject_id, data, at) values ('message.received', $1, $2, $3)`,
      values: [id, JSON.stringify({ conversationId: id, messageId }), now],
    })
    await client.query('commit')
  } finally {
    client.release()
  }
}

/** A page of the inbox to ask for: the product's query string, and the same as a condition. */
export type InboxAsk = { query: string; where: string }

const itemColumns = `c.id, c.number, c.subject, c.status, c.status_since, c.snoozed_until, c.medium, c.customer_id, customer.name as customer_name,
  (select p.value from contact_points p where p.customer_id = c.customer_id and p.kind = 'email' order by p.created_at limit 1) as customer_address,
  c.owner_id, owner.name as owner_name, firm.name as owner_firm, firm.kind as owner_firm_kind, c.team_id, team.name as team_name, c.tags,
  c.last_at, c.last_direction, c.last_from, c.last_snippet, c.last_inbound_at, c.created_at, c.updated_at, seen.seen_at`

const itemJoins = `left join customers customer on customer.id = c.customer_id
  left join people owner on owner.id = c.owner_id
  left join organisations firm on firm.id = owner.organisation_id
  left join teams team on team.id = c.team_id
  left join conversation_reads seen on seen.conversation_id = c.id and seen.person_id = $1`

/** The same 50 rows with the same columns in one statement. */
export async function inboxRows({ pool, audience, personId }: FloorNeeds, { query, where }: InboxAsk): Promise<unknown[]> {
  const text = `select ${itemColumns}
    from (select * from conversations c where c.audience && $2 and c.merged_into is null and ${where} order by c.last_at desc, c.id desc limit 50) c
    ${itemJoins} order by c.last_at desc, c.id desc`
  return (await pool.query({ name: `inbox ${query}`, text, values: [personId, audience] })).rows
}

/** The same conversation in three statements: its row with who takes part, what was said, what happened. */
export async function conversationRows({ pool, audience, personId }: FloorNeeds, id: string): Promise<unknown[]> {
  const page = await pool.query({
    name: 'floor conversation page',
    text: `select ${itemColumns}, c.purpose, c.kind, c.fields, c.channel_id, channel.name as channel_name, c.merged_into,
      (select jsonb_agg(p) from conversation_participants p where p.conversation_id = c.id) as participants
      from conversations c left join channels channel on channel.id = c.channel_id ${itemJoins} where c.id = $3 and c.audience && $2`,
    values: [personId, audience, id],
  })
  const said = await pool.query({
    name: 'floor timeline messages',
    text: `select m.*, o.name as organisation, (select jsonb_agg(a order by a.id) from attachments a where a.message_id = m.id) as attachments
      from messages m left join organisations o on o.id = m.author_organisation and o.kind <> 'in_house'
      where m.conversation_id = $1 order by m.at, m.id limit 101`,
    values: [id],
  })
  const happened = await pool.query({
    name: 'floor timeline events',
    text: `select e.id, e.at, e.name, e.data, e.actor_kind, e.actor_id, p.name as actor_name from event_log e
      left join people p on e.actor_kind = 'person' and p.id::text = e.actor_id
      where e.subject_id = $1 and e.name not in ('message.received', 'note.written', 'message.authenticated') order by e.at, e.id limit 101`,
    values: [id],
  })
  return [...page.rows, ...said.rows, ...happened.rows]
}
