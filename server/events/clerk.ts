import { sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import { type Pulse, startPulse } from './pulse.ts'

/** One clerk at a time over all nodes; the number only has to differ from our other advisory locks. */
const clerkLock = 736_001

export type Numbered = { count: number; lastId: bigint; position: number }

/**
 * Gives positions to committed, unnumbered events in id order, at most `limit` of those whose id is over `above`.
 * Answers `null` when another clerk is at it.
 *
 * The lock stands alone in its own statement: the next statement takes a new snapshot, so it sees what the clerk before
 * us committed. In one statement the snapshot would be older than the lock, and positions would be given twice.
 * The last number is the log's own highest position, because rows are never deleted from the log.
 */
export function numberEvents(db: Tx, { above = 0n, limit = 1000 } = {}): Promise<Numbered | null> {
  return db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (tx) => {
      const lock = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${clerkLock}) as held`.execute(tx)
      if (!lock.rows[0]?.held) return null
      const { rows } = await sql<{ count: number; last_id: string | null; position: string | null }>`
        with waiting as (
          select id, row_number() over (order by id) as place
          from (select id from event_log where position is null and id > ${above} order by id limit ${limit}) as unnumbered
        ), numbered as (
          update event_log set position = last.position + waiting.place
          from waiting, (select coalesce(max(position), 0) as position from event_log) as last
          where event_log.id = waiting.id
          returning event_log.id, event_log.position
        )
        select count(*)::int as count, max(id) as last_id, max(position) as position from numbered
      `.execute(tx)
      const row = rows[0]
      return { count: row?.count ?? 0, lastId: BigInt(row?.last_id ?? 0), position: Number(row?.position ?? 0) }
    })
}

export type Clerk = Pulse

type ClerkNeeds = {
  db: Tx
  /** Called after positions were given, with the highest. */
  numbered: (position: number) => void
  failed: (error: unknown) => void
}

/** Keeps numbering: soon after each poke, and every second in case a poke was lost. */
export function startClerk({ db, numbered, failed }: ClerkNeeds): Clerk {
  const limit = 1000
  const floor = slidingFloor()
  const beat = async () => {
    const given = await numberEvents(db, { above: floor.now(), limit })
    if (!given) return 5 // another node's clerk may have looked before our commit: look again after it
    if (given.count === 0) return undefined
    floor.saw(given.lastId)
    numbered(given.position)
    return given.count === limit ? 0 : undefined
  }
  return startPulse(beat, { every: 1000, apart: 5, failed })
}

/**
 * A numbered event leaves a dead entry in the index of unnumbered ones, which a look from id 0 would walk over until the
 * next vacuum. So most looks begin at the highest id of 10 to 20 seconds ago; every 10 s one begins at 0, and finds what
 * a very slow transaction left behind.
 */
function slidingFloor(span = 10_000) {
  let floor = 0n
  let next = 0n
  let since = performance.now()
  return {
    saw: (id: bigint) => {
      if (id > next) next = id
    },
    now: () => {
      if (performance.now() - since < span) return floor
      since = performance.now()
      floor = next
      return 0n
    },
  }
}
