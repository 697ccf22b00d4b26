import type { EventName } from '../contract/events.ts'
import type { Steps } from './transact.ts'

/**
 * What a module does to the outside world or after a while. A job runs at least once, so it must be safe to run twice:
 * its payload is the id of a row that carries the state. Rows that wait are found by `due` (ids, oldest first), so that
 * verbs only write rows and nothing is forgotten.
 */
export type Job = {
  name: string
  /** Tries before the row is given up; the job itself writes that into the row. */
  attempts: number
  /** The events after which rows may wait. Left out: any event. Rows that fall due by the clock alone are found within 30 s, or `every` so many ms. */
  after?: readonly EventName[]
  every?: number
  /** Ids of rows that wait for this job now, at most `limit`. */
  due: (steps: Steps, limit: number) => Promise<string[]>
  run: (steps: Steps, id: string, attempt: { number: number; last: boolean }) => Promise<void>
}

/** Something done by the calendar: a cron pattern in UTC, and the deed. Runs once per tick over all nodes. */
export type Schedule = { name: string; cron: string; run: (steps: Steps) => Promise<void> }
