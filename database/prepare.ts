import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'

/** How often a statement is asked before it is prepared, and how many are: each takes memory in every connection. */
const worthwhile = 3
const mostPrepared = 300
const mostCounted = 5_000

/**
 * The pool as the query builder sees it: statements that come again and again are prepared, so that PostgreSQL parses and
 * plans them once per connection. For a short query that is half of its cost.
 */
export function preparing(pool: pg.Pool): PostgresPool {
  const names = naming()
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  const connect = async () => {
    const client = await pool.connect()
    const before = known.get(client)
    if (before) return before
    const fresh = asking(client, names)
    known.set(client, fresh)
    return fresh
  }
  return { options: pool.options, end: () => pool.end(), connect }
}

function asking(client: pg.PoolClient, names: Names): PostgresPoolClient {
  const posted = posting(client)
  const query = async (text: string, values: readonly unknown[]) => {
    posted()
    const name = values.length === 0 ? undefined : names.of(text)
    if (name === undefined) return client.query(text, values as unknown[])
    try {
      return await client.query({ name, text, values: values as unknown[] })
    } catch (error) {
      if ((error as { code?: string }).code === tablesChanged) names.renew()
      throw error
    }
  }
  return { query: query as unknown as PostgresPoolClient['query'], release: (destroy) => client.release(destroy) }
}

// What is asked in one go leaves in one packet: on a busy machine each packet to the database is a change of processes.
function posting({ connection: { stream } }: pg.PoolClient): () => void {
  let open = false
  return () => {
    if (open) return
    open = true
    stream.cork()
    process.nextTick(() => {
      open = false
      stream.uncork()
    })
  }
}

// Another process migrated while we run: what was prepared before no longer fits, so everything gets new names.
const tablesChanged = '0A000'

type Names = { of(text: string): string | undefined; renew(): void }

function naming(): Names {
  let generation = 0
  let asked = new Map<string, number>()
  let given = new Map<string, string>()
  const of = (text: string) => {
    const name = given.get(text)
    if (name !== undefined || given.size >= mostPrepared) return name
    const times = (asked.get(text) ?? 0) + 1
    if (times < worthwhile) {
      if (asked.size >= mostCounted) asked = new Map()
      asked.set(text, times)
      return undefined
    }
    asked.delete(text)
    given.set(text, `g${generation}s${given.size}`)
    return given.get(text)
  }
  const renew = () => {
    generation++
    given = new Map()
  }
  return { of, renew }
}
