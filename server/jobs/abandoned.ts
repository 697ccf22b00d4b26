import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import { nameLock } from '../events/wire.ts'

/** A runner that began this recently may not hold the lock on its name yet. */
const grace = 5

/**
 * Frees the jobs of runners that died: graphile alone would wait four hours. A living runner holds a session lock on its
 * name; where that lock can be taken, nobody lives who bears the name. Answers how many runners were dead.
 */
export async function freeAbandoned(db: Tx): Promise<number> {
  const { rows } = await sql<{ name: string }>`
    select distinct locked_by as name from graphile_worker.jobs
    where locked_by is not null and locked_at < now() - make_interval(secs => ${grace})
  `.execute(db)
  let dead = 0
  for (const { name } of rows) if (await db.transaction().execute((tx) => freeWhereDead(tx, name))) dead++
  return dead
}

async function freeWhereDead(tx: Tx, name: string): Promise<boolean> {
  const ask = (query: RawBuilder<{ free: boolean }>) => query.execute(tx)
  const lock = await ask(sql`select pg_try_advisory_xact_lock(${nameLock}, hashtext(${name})) as free`)
  if (!lock.rows[0]?.free) return false
  await sql`select graphile_worker.force_unlock_workers(array[${name}])`.execute(tx)
  return true
}
