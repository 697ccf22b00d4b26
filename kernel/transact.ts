import { type Kysely, sql } from 'kysely'
import { type EventName, events } from '../contract/events.ts'
import type { Database } from '../database/schema.ts'
import type { Actor, Context, Tx } from './context.ts'
import type { Instance } from './instance.ts'
import { Refusal } from './refusal.ts'

type Happened = { name: EventName; data: unknown }

/** What runs verbs: the database, the clock, the instance, and who to poke once events are committed. */
export type Engine = {
  db: Kysely<Database>
  instance: Instance
  clock: () => Date
  /** Called after a commit that recorded something. Must not throw and must not wait. */
  committed: () => void
}

/** Runs one action in one transaction and, as its last act, appends what happened to the event log. */
export async function transact<T>(engine: Engine, actor: Actor, work: (ctx: Context) => Promise<T>): Promise<T> {
  const happened: Happened[] = []
  const now = engine.clock()
  const answer = await inTransaction(engine.db, async (tx, commit) => {
    const result = await work({ tx, actor, now, instance: engine.instance, record: (name, data) => happened.push({ name, data }) })
    await Promise.all([...(happened.length > 0 ? [append(tx, actor, { at: now, happened })] : []), commit()])
    return result
  })
  if (happened.length > 0) engine.committed()
  return answer
}

// Statements reach the database in the order they are asked, so BEGIN travels with the first and COMMIT with the last
// of them instead of each waiting for an answer of its own. After a failed statement COMMIT answers ROLLBACK.
function inTransaction<T>(db: Kysely<Database>, work: (tx: Tx, commit: () => Promise<void>) => Promise<T>): Promise<T> {
  return db.connection().execute(async (tx) => {
    const begun = sql`begin`.execute(tx)
    const commit = async () => {
      const { rows } = await sql<{ command: string }>`commit`.execute(tx)
      if (rows[0]?.command !== 'COMMIT') throw new Error('A statement failed unnoticed: its transaction was rolled back.')
    }
    try {
      const [answer] = await Promise.all([work(tx, commit), begun])
      return answer
    } catch (error) {
      await sql`rollback`.execute(tx).catch(() => undefined)
      throw error
    }
  })
}

/** Runs a read without a transaction. Recording in it is a bug. */
export function look<T>(engine: Engine, actor: Actor, work: (ctx: Context) => Promise<T>): Promise<T> {
  const record = () => {
    throw new Error('A read must not record events.')
  }
  return work({ tx: engine.db, actor, now: engine.clock(), instance: engine.instance, record })
}

/** Several transactions in a row, for the few verbs that must commit before they go on (mail in). */
export type Steps = { transact<T>(work: (ctx: Context) => Promise<T>): Promise<T>; actor: Actor; instance: Instance; now: () => Date }

/** Binds an engine and an actor, so that a stepwise verb can open its own transactions. */
export function stepsOf(engine: Engine, actor: Actor): Steps {
  return { transact: (work) => transact(engine, actor, work), actor, instance: engine.instance, now: engine.clock }
}

// The insert draws the log's ids last, after every lock the verb took: that order is what the clerk relies on.
async function append(tx: Tx, actor: Actor, { at, happened }: { at: Date; happened: Happened[] }): Promise<void> {
  const rows = happened.map(({ name, data }) => {
    const kind = events[name]
    const facts = kind.data.parse(data) as { [key: string]: unknown; historic?: boolean; at?: string }
    const subjectId = facts[kind.key]
    if (typeof subjectId !== 'string') throw new Refusal('invalid', 'event_without_subject', `The event ${name} names no ${kind.key}.`)
    return {
      name,
      subject_kind: kind.subject,
      subject_id: subjectId,
      data: JSON.stringify(facts),
      actor_kind: actor.kind,
      actor_id: actor.id,
      actor_team: actor.team ?? null,
      actor_organisation: actor.organisation?.id ?? null,
      at: facts.at ? new Date(facts.at) : at,
      historic: facts.historic === true,
    }
  })
  await tx.insertInto('event_log').values(rows).execute()
}
