import pg from 'pg'
import { failureOf, type Log } from './failure.ts'

const channel = 'sinew_events'

/** One connection of its own that tells other nodes of new positions and hears theirs. */
export type Wire = {
  /** Tells the others, at most once each 10 ms. */
  tell(): void
  /** Holds a session lock as long as this node lives: how others know that what bears this name is not abandoned. */
  holdName(name: string): void
  stop(): Promise<void>
}

type WireNeeds = { url: string; heard: () => void; log: Log }

export function openWire({ url, heard, log }: WireNeeds): Wire {
  const names = new Set<string>()
  let client: pg.Client | null = null
  let stopped = false
  let telling: NodeJS.Timeout | undefined
  let reconnecting: NodeJS.Timeout | undefined

  const lost = (dead: pg.Client, error?: Error) => {
    if (client !== dead) return
    client = null
    dead.end().catch(() => undefined)
    if (stopped) return
    log.warn(
      { failure: error ? failureOf(error) : 'connection ended' },
      'The wire to the other nodes broke; new events are looked for every second.',
    )
    reconnecting = setTimeout(open, 500)
    reconnecting.unref()
  }
  const open = () => {
    const fresh = new pg.Client({ connectionString: url, application_name: 'sinew wire', keepAlive: true })
    client = fresh
    fresh.on('error', (error) => lost(fresh, error))
    fresh.on('end', () => lost(fresh))
    fresh.on('notification', ({ processId }) => {
      if (processId !== (fresh as unknown as { processID: number }).processID) heard()
    })
    const ready = async () => {
      await fresh.connect()
      await fresh.query(`listen ${channel}`)
      for (const name of names) await lockName(fresh, name)
      heard() // something may have been told while nobody listened
    }
    ready().catch((error: Error) => lost(fresh, error))
  }
  open()

  return {
    tell: () => {
      telling ??= setTimeout(() => {
        telling = undefined
        client?.query(`notify ${channel}`).catch(() => undefined)
      }, 10).unref()
    },
    holdName: (name) => {
      names.add(name)
      if (client) lockName(client, name).catch(() => undefined)
    },
    stop: async () => {
      stopped = true
      clearTimeout(telling)
      clearTimeout(reconnecting)
      await client?.end().catch(() => undefined)
    },
  }
}

/** The first half of the keys of session locks on names. */
export const nameLock = 736_002

// Shared, so that two names with the same hash do not wait for each other; who asks whether a name lives asks alone.
const lockName = (client: pg.Client, name: string) => client.query('select pg_advisory_lock_shared($1, hashtext($2))', [nameLock, name])
