import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { preparing } from './prepare.ts'
import type { Database } from './schema.ts'

/** Where a database is. `host` may be the folder of a Unix socket. */
export type Connection = { host: string; port: number; user: string; password?: string; database: string }

/** The same as a URL, for tools and settings that want one. */
export function urlOf({ host, port, user, password, database }: Connection): string {
  const credentials = password === undefined ? user : `${user}:${encodeURIComponent(password)}`
  const url = `postgresql://${credentials}@localhost:${port}/${database}`
  return host.startsWith('/') ? `${url}?host=${encodeURIComponent(host)}` : url.replace('localhost', host)
}

/**
 * A pool of connections, and the query builder over it. Ending the pool ends both. On one connection (`db.connection()`)
 * what is asked without waiting for the answer before it goes out at once and is done in that order: several independent
 * statements of a transaction, in a `Promise.all`, cost one round trip.
 */
export function connect(url: string, options: { max?: number; onError?: (error: Error) => void } = {}) {
  const pool = new pg.Pool({ connectionString: url, max: options.max ?? 20, application_name: 'sinew', pipeline: true })
  // A connection may be cut at any time: a query on it fails by itself, and the next one takes a new connection.
  const report = options.onError ?? (() => undefined)
  pool.on('error', report)
  pool.on('connect', (client) => client.on('error', report))
  return { pool, db: new Asking(preparing(pool)) as Kysely<Database> }
}

// The library's own `connection()` asks one statement after the other, each when the one before it was answered.
class Asking extends Kysely<Database> {
  readonly #pool: PostgresPool

  constructor(pool: PostgresPool) {
    super({ dialect: new PostgresDialect({ pool }) })
    this.#pool = pool
  }

  override connection() {
    const execute = async <T>(work: (db: Kysely<Database>) => Promise<T>): Promise<T> => {
      const client = await this.#pool.connect()
      try {
        return await work(onlyBy(client))
      } finally {
        client.release()
      }
    }
    return { execute } as ReturnType<Kysely<Database>['connection']>
  }
}

const builders = new WeakMap<PostgresPoolClient, Kysely<Database>>()

/** A query builder that asks all it asks by one client, which somebody else releases. */
function onlyBy(client: PostgresPoolClient): Kysely<Database> {
  const known = builders.get(client)
  if (known) return known
  const kept = { ...client, release: () => undefined }
  const pool = { options: {}, connect: async () => kept, end: async () => undefined }
  const fresh = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  builders.set(client, fresh)
  return fresh
}
