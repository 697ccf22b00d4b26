import { type Insertable, type Kysely, sql } from 'kysely'
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

/**
 * The answer of a verb whose last statements are asked but not answered yet. They decide nothing more, so what happened and
 * COMMIT leave right behind them, in the same trip. Should one fail, nothing is committed.
 */
export class Soon<T> {
  readonly answer: Promise<T>
  constructor(answer: Promise<T>) {
    this.answer = answer
    // Whoever waits for it is told; should nobody come to that, it has failed all the same.
    answer.catch(() => undefined)
  }
}

type Work<T> = (ctx: Context) => Promise<T | Soon<T>>

const answerOf = <T>(result: T | Soon<T>): T | Promise<T> => (result instanceof Soon ? result.answer : result)

/** Runs one action in one transaction and, as its last act, appends what happened to the event log. */
export async function transact<T>(engine: Engine, actor: Actor, work: Work<T>): Promise<T> {
  const happened: Happened[] = []
  const now = engine.clock()
  const answer = await inTransaction(engine.db, async (tx, commit) => {
    const result = await work({ tx, actor, now, instance: engine.instance, record: (name, data) => happened.push({ name, data }) })
    const lines = happened.map((it) => lineOf(it, actor, now))
    const [answer] = await Promise.all([answerOf(result), append(tx, lines), commit()])
    return answer
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

/** Runs a read, or a single statement that commits by itself, without a transaction. Recording in it is a bug. */
export async function look<T>(engine: Engine, actor: Actor, work: Work<T>): Promise<T> {
  const record = () => {
    throw new Error('A read must not record events.')
  }
  return answerOf(await work({ tx: engine.db, actor, now: engine.clock(), instance: engine.instance, record }))
}

/** Several transactions in a row, for the few verbs that must commit before they go on (mail in). */
export type Steps = {
  transact<T>(work: Work<T>): Promise<T>
  /** For work of a single statement, which commits by itself. */
  single<T>(work: Work<T>): Promise<T>
  actor: Actor
  instance: Instance
  now: () => Date
}

/** Binds an engine and an actor, so that a stepwise verb can open its own transactions. */
export function stepsOf(engine: Engine, actor: Actor): Steps {
  return {
    transact: (work) => transact(engine, actor, work),
    single: (work) => look(engine, actor, work),
    actor,
    instance: engine.instance,
    now: engine.clock,
  }
}

function lineOf({ name, data }: Happened, actor: Actor, now: Date): Insertable<Database['event_log']> {
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
    at: facts.at ? new Date(facts.at) : now,
    historic: facts.historic === true,
  }
}

// The insert draws the log's ids last, after every lock the verb took: that order is what the clerk relies on.
async function append(tx: Tx, lines: Insertable<Database['event_log']>[]): Promise<void> {
  if (lines.length > 0) await tx.insertInto('event_log').values(lines).execute()
}
