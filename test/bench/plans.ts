import { createHash } from 'node:crypto'
import { type CompiledQuery, Kysely, type LogEvent, PostgresDialect } from 'kysely'
import type { ConversationId } from '../../contract/conversations.ts'
import type { Database } from '../../database/schema.ts'
import { getConversation } from '../../domain/conversations/screens/conversation-page.ts'
import { countConversations, listConversations } from '../../domain/conversations/screens/inbox.ts'
import { readTimeline } from '../../domain/conversations/screens/timeline.ts'
import { actorOfPerson } from '../../domain/identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { timesOf } from './report.ts'
import type { Bench } from './rows.ts'

/** Tables that grow with the years: no hot read may walk over one of them. */
const growing = ['conversations', 'messages', 'event_log', 'contact_points', 'customers', 'conversation_participants', 'attachments']

type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; 'Join Type'?: string; Plans?: Plan[] }
type Shape = { node: string; on?: string; by?: string; join?: string; of: Shape[] }

/** Runs the hot reads as the product does, asks PostgreSQL how it goes about each, and hashes the answer. */
export async function checkPlans(bench: Bench): Promise<void> {
  const reads = await hotReads(bench)
  for (const [name, read] of Object.entries(reads)) {
    const statements = await statementsOf(bench, read)
    const shapes: Shape[] = []
    for (const it of statements) shapes.push(await shapeOf(bench, it))
    const scanned = shapes.flatMap(seqScans).filter((table) => growing.includes(table))
    const hash = createHash('sha256').update(JSON.stringify(shapes)).digest('hex').slice(0, 12)
    const says = scanned.length === 0 ? 'no sequential scan' : `scans ${[...new Set(scanned)].join(', ')}`
    // A small table is rightly read whole.
    const targets = bench.options.quick ? [] : [{ says, met: scanned.length === 0 }]
    bench.tell({ ...timesOf(`plan ${hash} of ${name}`, []), n: statements.length, targets })
  }
}

async function hotReads({ stage }: Bench): Promise<Record<string, (ctx: Context) => Promise<unknown>>> {
  const { rows } = await stage.pool.query<{ id: string; owner: string; team: string }>(
    `select (select id from conversations where audience @> '{house}' order by number desc limit 1) as id,
      (select id from people where email = 'person7@staff.example') as owner, (select id from teams where name = 'Delivery') as team`,
  )
  const { id, owner, team } = rows[0]!
  const list = (asked: object) => async (ctx: Context) => {
    const page = await listConversations(ctx, { limit: 50, sort: 'newest', ...asked })
    if (page.next) await listConversations(ctx, { limit: 50, sort: 'newest', ...asked, after: page.next })
  }
  return {
    'the open inbox': list({ view: 'open' }),
    'what is mine': list({ view: 'mine' }),
    'what is unassigned': list({ view: 'unassigned' }),
    'my teams': list({ view: 'team' }),
    'what is closed': list({ view: 'closed' }),
    'all conversations': list({ view: 'all' }),
    'the oldest first': list({ view: 'open', sort: 'oldest' }),
    "one owner's": list({ status: 'open', owner }),
    "one team's": list({ status: 'open', team }),
    'one tag': list({ tag: 'billing' }),
    'the counts': countConversations,
    'a conversation': (ctx) => getConversation(ctx, id as ConversationId),
    'its timeline': (ctx) => readTimeline(ctx, id as ConversationId, { limit: 100 }),
  }
}

// A read has no use for the clock, the instance or the log.
const nobody = { now: new Date(), instance: undefined as never, record: () => undefined }

async function statementsOf({ stage, floor }: Bench, read: (ctx: Context) => Promise<unknown>): Promise<CompiledQuery[]> {
  const seen: CompiledQuery[] = []
  const log = (event: LogEvent) => void seen.push(event.query)
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: stage.pool }), log })
  const actor = await actorOfPerson(db, floor.personId)
  seen.length = 0
  await read({ ...nobody, tx: db, actor: actor! })
  return seen
}

async function shapeOf({ stage }: Bench, { sql, parameters }: CompiledQuery): Promise<Shape> {
  const explained = await stage.pool.query(`explain (costs off, format json) ${sql}`, [...parameters])
  return shaped((explained.rows[0]['QUERY PLAN'] as { Plan: Plan }[])[0]!.Plan)
}

const shaped = (plan: Plan): Shape => ({
  node: plan['Node Type'],
  ...(plan['Relation Name'] ? { on: plan['Relation Name'] } : {}),
  ...(plan['Index Name'] ? { by: plan['Index Name'] } : {}),
  ...(plan['Join Type'] ? { join: plan['Join Type'] } : {}),
  of: (plan.Plans ?? []).map(shaped),
})

function seqScans({ node, on, of }: Shape): string[] {
  return [...(node === 'Seq Scan' && on ? [on] : []), ...of.flatMap(seqScans)]
}
