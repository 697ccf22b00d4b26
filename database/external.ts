import pg from 'pg'
import { CannotStart } from './cannot-start.ts'

const oldest = 15

/** Makes sure that the PostgreSQL of DATABASE_URL answers, is new enough and stores every character. */
export async function checkExternal(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  const { hostname, pathname } = new URL(url)
  const named = `${hostname}${pathname}`
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; encoding: string }>(
      `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding`,
    )
    const major = Math.floor(Number(rows[0]?.version) / 10_000)
    if (major < oldest) throw new CannotStart(`The PostgreSQL of DATABASE_URL is version ${major}; Sinew needs ${oldest} or newer.`)
    if (rows[0]?.encoding !== 'UTF8')
      throw new CannotStart(`The database of DATABASE_URL is encoded in ${rows[0]?.encoding}; Sinew needs UTF8.`)
  } catch (error) {
    if (error instanceof CannotStart) throw error
    const reason = error instanceof AggregateError ? error.errors[0] : error
    throw new CannotStart(`The PostgreSQL of DATABASE_URL (${named}) does not let Sinew in: ${reason.message}.`, { cause: error })
  } finally {
    await client.end().catch(() => undefined)
  }
}
