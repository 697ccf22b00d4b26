import type { Kysely } from 'kysely'
import type pg from 'pg'
import { connect, urlOf } from '../database/connect.ts'
import { type Embedded, startEmbedded } from '../database/embedded.ts'
import { checkExternal } from '../database/external.ts'
import { migrate } from '../database/migrate.ts'
import type { Database } from '../database/schema.ts'
import type { Log } from './log.ts'
import type { Settings } from './settings.ts'

export type OpenDatabase = {
  url: string
  pool: pg.Pool
  db: Kysely<Database>
  /** The home of our own PostgreSQL when it had to live outside the data folder. */
  elsewhere?: string
  /** Ends our connections, and our own PostgreSQL unless another process of ours still uses it. */
  close(): Promise<void>
}

/** Opens the database of these settings, migrated: our own PostgreSQL, started when needed, or the one of DATABASE_URL. */
export async function openDatabase(settings: Settings, as: 'server' | 'tool', log: Log): Promise<OpenDatabase> {
  const embedded = settings.databaseUrl === undefined ? await startOurs(settings, as, log) : undefined
  const url = embedded ? urlOf(embedded.connection) : (settings.databaseUrl as string)
  if (!embedded) await checkExternal(url)
  const { pool, db } = connect(url, { onError: (err) => log.warn({ reason: err.message }, 'A database connection was cut.') })
  const close = async () => {
    await pool.end()
    await embedded?.stop()
  }
  try {
    for (const { number, name } of await migrate(pool)) log.debug(`Migrated to ${number} (${name})`)
  } catch (error) {
    await close()
    throw error
  }
  return { url, pool, db, close, ...(embedded?.elsewhere ? { elsewhere: embedded.home } : {}) }
}

function startOurs(settings: Settings, as: 'server' | 'tool', log: Log): Promise<Embedded> {
  const onLost = (err: unknown) => {
    log.fatal({ err }, 'The database ended and does not start again.')
    process.kill(process.pid, 'SIGTERM')
  }
  return startEmbedded({ dataDir: settings.dataDir, as, onLost })
}
