import { Kysely, PostgresDialect } from 'kysely'
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
 * A pool of connections, and the query builder over it. Ending the pool ends both. What is asked without waiting for the
 * answer before it (`Promise.all`) goes out at once, also within a transaction, and is done in that order.
 */
export function connect(url: string, options: { max?: number; onError?: (error: Error) => void } = {}) {
  const pool = new pg.Pool({ connectionString: url, max: options.max ?? 20, application_name: 'sinew', pipeline: true })
  // A connection may be cut at any time: a query on it fails by itself, and the next one takes a new connection.
  const report = options.onError ?? (() => undefined)
  pool.on('error', report)
  pool.on('connect', (client) => client.on('error', report))
  return { pool, db: new Kysely<Database>({ dialect: new PostgresDialect({ pool: preparing(pool) }) }) }
}
