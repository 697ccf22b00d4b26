import { sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import type { Job } from '../../kernel/job.ts'
import { type Engine, type Steps, stepsOf } from '../../kernel/transact.ts'
import { systemActor } from './actor.ts'

const page = 500
const mostLooked = 32_000

/**
 * Turns rows that wait into graphile jobs, in batches of one statement. A row that has a job already, waiting or running,
 * is left alone. When a whole page of rows has jobs (they all wait for a dead mail server, say), it looks further, so that
 * the rows behind them are not held up. Answers how many were added.
 */
export async function addDue(engine: Engine, db: Tx, job: Job): Promise<number> {
  let added = 0
  for (let limit = page; limit <= mostLooked; limit *= 4) {
    const found = await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (tx) => {
        const ids = await job.due(looking(engine, tx, job), limit)
        return { ids, fresh: await addJobs(tx, job, ids) }
      })
    added += found.fresh
    if (found.ids.length < limit) break
  }
  return added
}

// One snapshot for the rows and for their jobs. A job first writes its row, then graphile deletes the job: seen at one
// moment, a row that is done is either no longer due or still has its job, and is not run twice.
function looking(engine: Engine, tx: Tx, job: Job): Steps {
  const steps = stepsOf({ ...engine, db: tx }, systemActor(job.name))
  return { ...steps, transact: steps.single }
}

async function addJobs(db: Tx, job: Job, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  // A job that failed for the last time stays in graphile's table with its key; the row is due again, so it gets a new one.
  const { rows } = await sql<{ added: number }>`
    with fresh as (
      select array_agg(
        row(${job.name}, json_build_object('id', due.id), null, null, ${job.attempts}, ${job.name} || ':' || due.id, null, null)
          ::graphile_worker.job_spec order by due.place
      ) as specs
      from unnest(${ids}::text[]) with ordinality as due (id, place)
      where not exists (
        select from graphile_worker.jobs
        where jobs.key = ${job.name} || ':' || due.id and (jobs.locked_at is not null or jobs.attempts < jobs.max_attempts)
      )
    )
    select count(*)::int as added from fresh cross join lateral graphile_worker.add_jobs(fresh.specs) where fresh.specs is not null
  `.execute(db)
  return rows[0]?.added ?? 0
}
