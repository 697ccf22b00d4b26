import { type RawBuilder, sql } from 'kysely'
import type { Status, View } from '../../../contract/conversations.ts'
import type { Context } from '../../../kernel/context.ts'
import { findCustomerByExternalId } from '../../customers/index.ts'
import { resolvePerson, resolveTeam } from '../../identity/index.ts'
import { notYet } from '../not-yet.ts'

export type Asked = {
  view?: View | undefined
  status?: Status | undefined
  owner?: string | undefined
  team?: string | undefined
  tag?: string | undefined
  customer?: string | undefined
  channel?: string | undefined
  q?: string | undefined
  updatedAfter?: string | undefined
  sort?: 'newest' | 'oldest' | undefined
  limit?: number | undefined
  after?: string | undefined
}

const nothing = sql`false`
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What a row must be, as conditions on `conversations c`. Each combination has an index that ends in (last_at, id). */
export async function conditions(ctx: Context, asked: Asked): Promise<RawBuilder<unknown>[]> {
  if (asked.q !== undefined) notYet('Searching in the list')
  const all = [...ofView(ctx, asked.view)]
  if (asked.status) all.push(sql`c.status = ${asked.status}`)
  if (asked.owner) all.push(await ofPerson(ctx, asked.owner))
  if (asked.team) all.push(await ofTeam(ctx, asked.team))
  if (asked.customer) all.push(await ofCustomer(ctx, asked.customer))
  if (asked.channel) all.push(uuid.test(asked.channel) ? sql`c.channel_id = ${asked.channel}::uuid` : sql`c.medium = ${asked.channel}`)
  if (asked.tag) all.push(sql`c.tags @> array[${asked.tag}] and c.tags <> '{}'`)
  if (asked.updatedAfter) all.push(sql`c.updated_at > ${asked.updatedAfter}::timestamptz`)
  return all
}

function ofView(ctx: Context, view: View | undefined): RawBuilder<unknown>[] {
  switch (view) {
    case undefined:
    case 'all':
      return []
    case 'mine':
      return [ctx.actor.kind === 'person' ? sql`c.owner_id = ${ctx.actor.id}::uuid` : nothing, sql`c.status = 'open'`]
    case 'unassigned':
      return [sql`c.owner_id is null`, sql`c.status = 'open'`]
    case 'team':
      return [
        sql`c.team_id in (select team_id from memberships where person_id = ${ctx.actor.kind === 'person' ? ctx.actor.id : null}::uuid)`,
        sql`c.status = 'open'`,
      ]
    default:
      return [sql`c.status = ${view}`]
  }
}

async function ofPerson(ctx: Context, owner: string): Promise<RawBuilder<unknown>> {
  if (owner === 'none') return sql`c.owner_id is null`
  if (owner === 'me') return ctx.actor.kind === 'person' ? sql`c.owner_id = ${ctx.actor.id}::uuid` : nothing
  return sql`c.owner_id = ${await resolvePerson(ctx, owner)}::uuid`
}

async function ofTeam(ctx: Context, team: string): Promise<RawBuilder<unknown>> {
  if (team === 'none') return sql`c.team_id is null`
  return sql`c.team_id = ${await resolveTeam(ctx, team)}::uuid`
}

async function ofCustomer(ctx: Context, customer: string): Promise<RawBuilder<unknown>> {
  if (customer.startsWith('externalId:')) {
    const found = await findCustomerByExternalId(ctx.tx, customer.slice('externalId:'.length))
    return found ? sql`c.customer_id = ${found.id}::uuid` : nothing
  }
  return uuid.test(customer) ? sql`c.customer_id = ${customer}::uuid` : nothing
}
