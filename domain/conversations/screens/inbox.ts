import { type RawBuilder, sql } from 'kysely'
import type { ConversationItem, LiveConversation, View } from '../../../contract/conversations.ts'
import type { Actor, Context, Tx } from '../../../kernel/context.ts'
import { permit } from '../../../kernel/permission.ts'
import { visibleTo } from '../../../kernel/visibility.ts'
import { type Asked, conditions } from './inbox-filter.ts'
import { type ItemRow, itemOf, itemRows } from './inbox-item.ts'
import { readMark, writeMark } from './mark.ts'

/** A page of the inbox: the rows the asker may see, in the order asked for. */
export async function listConversations(
  ctx: Context,
  asked: Asked & { limit: number },
): Promise<{ items: ConversationItem[]; next: string | null }> {
  permit(ctx, 'conversation.read')
  const wanted = await conditions(ctx, asked)
  const newest = asked.sort === 'newest'
  const rows = await itemRows(ctx.tx, {
    viewer: viewerOf(ctx.actor),
    where: sql.join(
      [visibleTo(ctx.actor, 'c'), sql`c.merged_into is null`, ...wanted, ...(asked.after ? [beyond(asked.after, newest)] : [])],
      sql` and `,
    ),
    order: newest ? sql`c.last_at desc, c.id desc` : sql`c.last_at, c.id`,
    limit: asked.limit + 1,
  })
  const items = rows.slice(0, asked.limit).map(itemOf)
  const last = items.length < rows.length ? rows[asked.limit - 1] : undefined
  return { items, next: last ? writeMark(last.last_at, last.id) : null }
}

/** The rows of these conversations as the live stream sends them, whoever is watching. */
export async function liveConversations(tx: Tx, ids: readonly string[]) {
  const rows = await itemRows(tx, {
    viewer: null,
    where: sql`c.id = any(${ids}::uuid[]) and c.merged_into is null`,
    order: sql`c.id`,
    limit: null,
  })
  return rows.map((row) => ({ id: row.id, audience: row.audience, view: withoutReader(row) }))
}

function withoutReader(row: ItemRow): LiveConversation {
  const { seenAt: _seen, unread: _unread, ...view } = itemOf(row)
  return view
}

export const viewerOf = (actor: Actor): string | null => (actor.kind === 'person' ? actor.id : null)

function beyond(after: string, newest: boolean): RawBuilder<unknown> {
  const { at, id } = readMark(after)
  return newest ? sql`(c.last_at, c.id) < (${at}::timestamptz, ${id}::uuid)` : sql`(c.last_at, c.id) > (${at}::timestamptz, ${id}::uuid)`
}

const views = ['mine', 'unassigned', 'open', 'waiting', 'snoozed'] as const satisfies readonly View[]
const cap = 99

/** How many wait in each view. Each count stops at a hundred rows of its index, so it costs the same at any size. */
export async function countConversations(ctx: Context) {
  permit(ctx, 'conversation.read')
  const counts = await Promise.all(views.map(async (view) => [view, await countUpTo(ctx, await conditions(ctx, { view }))] as const))
  const teams = await Promise.all(
    (await listMyTeams(ctx)).map(async (team) => ({
      team,
      ...(await countUpTo(ctx, [sql`c.team_id = ${team}::uuid`, sql`c.status = 'open'`])),
    })),
  )
  return { ...(Object.fromEntries(counts) as Record<(typeof views)[number], { count: number; capped: boolean }>), teams }
}

async function countUpTo(ctx: Context, wanted: readonly RawBuilder<unknown>[]): Promise<{ count: number; capped: boolean }> {
  const where = sql.join([visibleTo(ctx.actor, 'c'), sql`c.merged_into is null`, ...wanted], sql` and `)
  const { rows } = await sql<{
    n: string
  }>`select count(*) n from (select 1 from conversations c where ${where} limit ${sql.lit(cap + 1)}) counted`.execute(ctx.tx)
  const n = Number(rows[0]?.n ?? 0)
  return { count: Math.min(n, cap), capped: n > cap }
}

async function listMyTeams(ctx: Context): Promise<string[]> {
  if (ctx.actor.kind !== 'person') return []
  const rows = await ctx.tx
    .selectFrom('memberships')
    .select('team_id')
    .where('person_id', '=', ctx.actor.id)
    .orderBy('team_id')
    .limit(50)
    .execute()
  return rows.map((it) => it.team_id)
}
