import { type RawBuilder, sql } from 'kysely'
import type { ConversationId, ConversationItem } from '../../../contract/conversations.ts'
import type { CustomerId } from '../../../contract/customers.ts'
import type { Tx } from '../../../kernel/context.ts'

export type ItemRow = {
  id: string
  number: string
  subject: string
  status: ConversationItem['status']
  status_since: Date
  snoozed_until: Date | null
  medium: ConversationItem['medium']
  customer_id: string | null
  customer_name: string | null
  customer_address: string | null
  owner_id: string | null
  owner_name: string | null
  owner_organisation: string | null
  team_id: string | null
  team_name: string | null
  tags: string[]
  audience: string[]
  last_at: string
  last_direction: 'in' | 'out' | 'internal' | null
  last_from: string | null
  last_snippet: string | null
  last_inbound_at: Date | null
  seen_at: Date | null
  created_at: Date
  updated_at: Date
}

type Wanted = { viewer: string | null; where: RawBuilder<unknown>; order: RawBuilder<unknown>; limit: number | null }

/** What a row of the inbox tells of the conversation `c`, and the names beside it. */
export const itemColumns: RawBuilder<unknown> = sql`
  c.id, c.number, c.subject, c.status, c.status_since, c.snoozed_until, c.medium, c.customer_id, c.owner_id, c.team_id, c.tags, c.audience,
  c.last_at::text as last_at, c.last_direction, c.last_from, c.last_snippet, c.last_inbound_at, c.created_at, c.updated_at,
  customer.name as customer_name, owner.name as owner_name, team.name as team_name, seen.seen_at,
  (select value from contact_points p where p.customer_id = c.customer_id and p.kind = 'email' order by created_at limit 1) as customer_address,
  case when firm.kind <> 'in_house' then firm.name end as owner_organisation`

export const itemJoins = (viewer: string | null): RawBuilder<unknown> => sql`
  left join customers customer on customer.id = c.customer_id
  left join people owner on owner.id = c.owner_id
  left join organisations firm on firm.id = owner.organisation_id
  left join teams team on team.id = c.team_id
  left join conversation_reads seen on seen.conversation_id = c.id and seen.person_id = ${viewer}::uuid`

/**
 * Rows of the inbox with the names beside them. The limit is taken first, the names are looked up for what is left. It is
 * written out, so that PostgreSQL may keep one plan: of a limit it does not know it fears the worst.
 */
export async function itemRows(tx: Tx, { viewer, where, order, limit }: Wanted): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    select ${itemColumns}
    from (select * from conversations c where ${where} order by ${order} limit ${sql.lit(limit)}) c ${itemJoins(viewer)}
    order by ${order}`.execute(tx)
  return rows
}

const iso = (at: Date | string | null): string | null => (at === null ? null : new Date(at).toISOString())

export function itemOf(row: ItemRow): ConversationItem {
  return {
    id: row.id as ConversationId,
    number: Number(row.number),
    subject: row.subject,
    status: row.status,
    statusSince: row.status_since.toISOString(),
    snoozedUntil: iso(row.snoozed_until),
    medium: row.medium,
    customer:
      row.customer_id === null ? null : { id: row.customer_id as CustomerId, name: row.customer_name, address: row.customer_address },
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? '', organisation: row.owner_organisation },
    team: row.team_id === null ? null : { id: row.team_id, name: row.team_name ?? '' },
    tags: row.tags,
    lastMessage: lastOf(row),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    lastInboundAt: iso(row.last_inbound_at),
    seenAt: iso(row.seen_at),
    unread: row.last_inbound_at !== null && (row.seen_at === null || row.last_inbound_at > row.seen_at),
  }
}

function lastOf(row: ItemRow): ConversationItem['lastMessage'] {
  if (row.last_direction === null) return null
  return {
    at: new Date(row.last_at).toISOString(),
    direction: row.last_direction,
    snippet: row.last_snippet ?? '',
    from: row.last_from ?? '',
  }
}
