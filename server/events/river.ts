import { connect } from '../../database/connect.ts'
import type { LiveSource } from '../../kernel/live.ts'
import type { Module } from '../../kernel/module.ts'
import type { Engine } from '../../kernel/transact.ts'
import { type Jobs, startJobs } from '../jobs/jobs.ts'
import { startClerk } from './clerk.ts'
import { failureOf, type Log } from './failure.ts'
import { type Readers, readReaders, startReaders } from './follow.ts'
import { type Live, startLive } from './live.ts'
import { type Happening, headOf, startTail } from './tail.ts'
import { openWire } from './wire.ts'

export type RiverNeeds = {
  /** Runs reactions and jobs. Its `committed` must poke this river. */
  engine: Engine
  /** Where the database is: the river has its own few connections, so that a rush of requests does not hold it up. */
  url: string
  modules: readonly Module[]
  log: Log
  /** Whether this node runs reactions, jobs and schedules, or only numbers events and shows them live. */
  works?: boolean
}

export type River = {
  /** Something was committed. */
  poke(): void
  live: Live
  sources: readonly LiveSource[]
  health(): Promise<RiverHealth>
  stop(): Promise<void>
}

type Follower = (events: readonly Happening[]) => void

export type RiverHealth = { position: number; viewers: number; readers: Awaited<ReturnType<typeof readReaders>> }

/** Starts everything that reads the event log: the clerk, the readers, the jobs and the live stream. */
export async function startRiver({ engine, url, modules, log, works = true }: RiverNeeds): Promise<River> {
  const failed = (what: string) => (error: unknown) => log.error({ failure: failureOf(error) }, `${what} stumbled; it tries again.`)
  const { pool, db } = connect(url, { max: 8, onError: failed('A connection of the river') })
  const sources = modules.flatMap(({ live }) => live ?? [])
  const from = await headOf(db)
  const live = startLive({ db, sources, from, log })
  const followers: Follower[] = [live.saw]
  const arrived: Follower = (events) => {
    for (const saw of followers) saw(events)
  }
  const tail = startTail({ db, from, arrived, failed: failed('The reader of the log') })
  const wire = openWire({ url, log, heard: tail.poke })
  const readers: Readers | undefined = works ? await startReaders({ engine: { ...engine, db }, modules, log }) : undefined
  if (readers) followers.push(readers.saw)
  const jobs: Jobs | undefined = works ? await startJobs({ engine, pool, db, wire, modules, log }) : undefined
  if (jobs) followers.push(jobs.saw)
  const numbered = () => {
    tail.poke()
    wire.tell()
  }
  const clerk = startClerk({ db, numbered, failed: failed('The clerk') })
  return {
    poke: clerk.poke,
    live,
    sources,
    health: async () => ({ position: live.position(), viewers: live.viewers(), readers: await readReaders(db) }),
    stop: async () => {
      await Promise.all([live.stop(), jobs?.stop(), readers?.stop(), tail.stop(), clerk.stop()])
      await wire.stop()
      await pool.end()
    },
  }
}
