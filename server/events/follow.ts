import { sql } from 'kysely'
import type { Context, Tx } from '../../kernel/context.ts'
import type { Module } from '../../kernel/module.ts'
import type { Reaction } from '../../kernel/reaction.ts'
import { type Engine, transact } from '../../kernel/transact.ts'
import { failureOf, type Log, whereOf } from './failure.ts'
import { type Pulse, startPulse } from './pulse.ts'
import { type Happening, headOf, readEvents } from './tail.ts'

/** A module's place in the log and what it does about what it finds there. */
export type Reader = { name: string; reactions: readonly Reaction[] }

/** How a step ended: it moved to a position, found nothing, left it to another node, or must wait some ms after a failure. */
export type Step = { moved: boolean; more: boolean; wait?: number }

const window = 1000

/**
 * Moves a reader forward by one batch. Its reactions and its cursor share one transaction, so each event lands exactly
 * once. When a batch throws, its events are taken one by one, so that those before the bad one land; then the reader
 * stands still at it, visibly, and tries again with growing pauses. It never skips.
 */
export async function advance(engine: Engine, reader: Reader, log: Log): Promise<Step> {
  try {
    return await step(engine, reader, 100)
  } catch {
    for (let taken = 0; taken < 100; taken++) {
      try {
        const { moved } = await step(engine, reader, 1)
        if (!moved) break
      } catch (error) {
        return { moved: false, more: true, wait: await standStill(engine.db, { reader, error, log }) }
      }
    }
    return { moved: true, more: true }
  }
}

/** The first pause after a failure in ms; it doubles up to five minutes. */
const firstPause = 1000
const pauseAfter = (attempts: number) => Math.min(firstPause * 2 ** (attempts - 1), 300_000)

function step(engine: Engine, reader: Reader, size: number): Promise<Step> {
  const names = [...new Set(reader.reactions.map(({ on }) => on))]
  const actor = { kind: 'system', id: reader.name, permissions: new Set<never>(), audience: null } as const
  return transact(engine, actor, async (ctx) => {
    const cursor = await lockCursor(ctx.tx, reader.name)
    if (!cursor) return { moved: false, more: false }
    if (cursor.wait > 0) return { moved: false, more: true, wait: cursor.wait }
    const through = Math.min(await headOf(ctx.tx), cursor.position + window)
    const limit = cursor.attempts > 0 ? 1 : size
    const events = await readEvents(ctx.tx, { after: cursor.position, through, limit, names })
    for (const event of events) await react(ctx, reader, event)
    const last = events.length === limit ? events.at(-1)?.position : undefined
    const position = last ?? through
    if (position <= cursor.position) return { moved: false, more: false }
    const cleared = { position: String(position), failed_at: null, failure: null, attempts: 0 }
    await ctx.tx.updateTable('event_readers').set(cleared).where('reader', '=', reader.name).execute()
    return { moved: true, more: last !== undefined || through === cursor.position + window }
  })
}

async function react(ctx: Context, reader: Reader, { name, data, position, at, historic, actor }: Happening): Promise<void> {
  const told = { position, at, historic, actor: { kind: actor.kind, id: actor.id } }
  for (const reaction of reader.reactions) {
    if (reaction.on !== name || (historic && !reaction.historic)) continue
    await reaction.then(ctx, data as never, told)
  }
}

// A reader that another node moves at this moment is left to it.
async function lockCursor(tx: Tx, reader: string): Promise<{ position: number; attempts: number; wait: number } | null> {
  const query = sql<{ position: string; attempts: number; since: number | null }>`
    select position, attempts, extract(epoch from clock_timestamp() - failed_at)::float8 * 1000 as since
    from event_readers where reader = ${reader} for update skip locked`
  const row = (await query.execute(tx)).rows[0]
  if (!row) return null
  const wait = row.since === null ? 0 : Math.max(0, pauseAfter(row.attempts) - row.since)
  return { position: Number(row.position), attempts: row.attempts, wait }
}

async function standStill(db: Tx, { reader, error, log }: { reader: Reader; error: unknown; log: Log }): Promise<number> {
  const failure = failureOf(error)
  const row = await db
    .updateTable('event_readers')
    .set((eb) => ({ failed_at: sql<Date>`clock_timestamp()`, failure, attempts: eb('attempts', '+', 1) }))
    .where('reader', '=', reader.name)
    .returning(['position', 'attempts'])
    .executeTakeFirst()
  log.error(
    { reader: reader.name, after: Number(row?.position ?? 0), attempts: row?.attempts, failure, where: whereOf(error) },
    'A reaction threw: its reader stands still and tries again.',
  )
  return pauseAfter(row?.attempts ?? 1)
}

export type Readers = {
  /** Wakes the readers that react to one of these. */
  saw(events: readonly Happening[]): void
  stop(): Promise<void>
}

type ReadersNeeds = { engine: Engine; modules: readonly Module[]; log: Log }

/** One reader per module with reactions. A reader that is new begins at the beginning of the log. */
export async function startReaders({ engine, modules, log }: ReadersNeeds): Promise<Readers> {
  const readers = modules.flatMap(({ name, reactions }) => (reactions?.length ? [{ name, reactions }] : []))
  const rows = readers.map(({ name }) => ({ reader: name }))
  if (rows.length > 0)
    await engine.db
      .insertInto('event_readers')
      .values(rows)
      .onConflict((it) => it.doNothing())
      .execute()
  const running = readers.map((reader) => ({
    names: new Set(reader.reactions.map(({ on }) => on)),
    pulse: keepReading(engine, reader, log),
  }))
  return {
    saw: (events) => {
      for (const { names, pulse } of running) if (events.some(({ name }) => names.has(name))) pulse.poke()
    },
    stop: async () => {
      await Promise.all(running.map(({ pulse }) => pulse.stop()))
    },
  }
}

// Woken by what it reacts to; the slow beat moves the cursor past what it does not care about.
function keepReading(engine: Engine, reader: Reader, log: Log): Pulse {
  const failed = (error: unknown) => log.error({ reader: reader.name, failure: failureOf(error) }, 'A reader could not read the log.')
  const beat = async () => {
    const { more, wait } = await advance(engine, reader, log)
    return wait ?? (more ? 0 : undefined)
  }
  return startPulse(beat, { every: 10_000, failed })
}

/** Where every reader stands, for health: how far behind, and why it stands still if it does. */
export async function readReaders(db: Tx) {
  const head = await headOf(db)
  const rows = await db.selectFrom('event_readers').selectAll().orderBy('reader').execute()
  return rows.map((row) => ({
    reader: row.reader,
    behind: head - Number(row.position),
    attempts: row.attempts,
    failedAt: row.failed_at,
    failure: row.failure,
  }))
}
