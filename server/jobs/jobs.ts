import { EventEmitter } from 'node:events'
import { Logger, parseCronItems, type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import type { Tx } from '../../kernel/context.ts'
import type { Job, Schedule } from '../../kernel/job.ts'
import type { Module } from '../../kernel/module.ts'
import { type Engine, stepsOf } from '../../kernel/transact.ts'
import { failureOf, type Log, whereOf } from '../events/failure.ts'
import { startPulse } from '../events/pulse.ts'
import type { Happening } from '../events/tail.ts'
import type { Wire } from '../events/wire.ts'
import { freeAbandoned } from './abandoned.ts'
import { systemActor } from './actor.ts'
import { addDue } from './due.ts'

export type Jobs = {
  /** Rows may have fallen due. */
  saw(events: readonly Happening[]): void
  /** Waits for running jobs to end. */
  stop(): Promise<void>
}

export type JobsNeeds = {
  engine: Engine
  /** The river's own connections: adding and fetching jobs does not wait for requests. */
  pool: pg.Pool
  db: Tx
  wire: Pick<Wire, 'holdName'>
  modules: readonly Module[]
  log: Log
  concurrency?: number
}

const sweepEvery = 30_000

/** Runs the modules' jobs and schedules: turns due rows into graphile jobs, and works them off. */
export async function startJobs(needs: JobsNeeds): Promise<Jobs> {
  const { db, modules, log } = needs
  const jobs = modules.flatMap((module) => module.jobs ?? [])
  const runner = await startRunner(needs, jobs)
  const looking = startLooking(needs, jobs)
  const sweep = () => {
    looking.look(jobs)
    freeAbandoned(db).catch((error) => log.error({ failure: failureOf(error) }, 'Abandoned jobs could not be freed; they will be.'))
  }
  sweep()
  const soon = setTimeout(sweep, 6000).unref()
  const sweeping = setInterval(sweep, sweepEvery).unref()
  const minding = jobs.flatMap((job) => (job.every === undefined ? [] : [setInterval(looking.look, job.every, [job]).unref()]))
  // A row may be due again while its job runs: look soon after each job that ended well, when graphile has deleted it.
  runner.events.on('job:success', ({ job }) => {
    const named = jobs.filter(({ name }) => name === job.task_identifier)
    setTimeout(looking.look, 50, named).unref()
  })
  return {
    saw: (events) => looking.look(jobs.filter(({ after }) => !after || events.some(({ name }) => after.includes(name)))),
    stop: async () => {
      for (const timer of [sweeping, ...minding]) clearInterval(timer)
      clearTimeout(soon)
      await looking.stop()
      await runner.stop()
    },
  }
}

/** Looks for due rows of the jobs it is told of, each at most every 20 ms. */
function startLooking({ engine, db, log }: JobsNeeds, jobs: readonly Job[]) {
  const dirty = new Set(jobs)
  const failed = (error: unknown) => log.error({ failure: failureOf(error) }, 'Due rows could not be looked for; they will be.')
  const beat = async () => {
    for (const job of [...dirty]) {
      dirty.delete(job)
      await addDue(engine, db, job).catch((error) => {
        dirty.add(job)
        failed(error)
      })
    }
    return dirty.size > 0 ? 500 : undefined
  }
  const pulse = startPulse(beat, { every: sweepEvery, apart: 20, failed })
  const look = (some: readonly Job[]) => {
    for (const job of some) dirty.add(job)
    if (some.length > 0) pulse.poke()
  }
  return { look, stop: pulse.stop }
}

function startRunner({ engine, pool, wire, modules, log, concurrency = 4 }: JobsNeeds, jobs: readonly Job[]): Promise<Runner> {
  const schedules = modules.flatMap((module) => module.schedules ?? [])
  const tasks: TaskList = {}
  for (const job of jobs) tasks[job.name] = taskOf(job, engine, log)
  for (const schedule of schedules) tasks[schedule.name] = scheduleTask(schedule, engine, log)
  const events = new EventEmitter() as WorkerEvents
  events.on('pool:create', ({ workerPool }) => wire.holdName(workerPool.id))
  return run({
    pgPool: pool,
    taskList: tasks,
    events,
    concurrency,
    noHandleSignals: true,
    // One at a time per schedule: a slow one is followed by the next, not joined by it.
    parsedCronItems: parseCronItems(
      schedules.map(({ name, cron }) => ({ task: name, match: cron, options: { queueName: name, maxAttempts: 5 } })),
    ),
    logger: new Logger(() => () => undefined),
  })
}

type Task = NonNullable<TaskList[string]>

function taskOf(job: Job, engine: Engine, log: Log): Task {
  return async (payload, { job: row }) => {
    const { id } = payload as { id: string }
    const attempt = { number: row.attempts, last: row.attempts >= row.max_attempts }
    await reporting(log, { job: job.name, id, attempt: attempt.number }, () => job.run(stepsOf(engine, systemActor(job.name)), id, attempt))
  }
}

function scheduleTask(schedule: Schedule, engine: Engine, log: Log): Task {
  return (_payload, { job: row }) =>
    reporting(log, { schedule: schedule.name, attempt: row.attempts }, () => schedule.run(stepsOf(engine, systemActor(schedule.name))))
}

// Graphile keeps the message of what a task throws in its table: it gets the class and code, never a person's words.
async function reporting(log: Log, facts: Record<string, unknown>, deed: () => Promise<void>): Promise<void> {
  try {
    await deed()
  } catch (error) {
    const failure = failureOf(error)
    log.warn({ ...facts, failure, where: whereOf(error) }, 'A job failed; it is tried again with growing pauses.')
    throw new Error(failure)
  }
}
