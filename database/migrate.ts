import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type pg from 'pg'
import { CannotStart } from './cannot-start.ts'

export type Migration = { number: number; name: string; sql: string; sha256: string }

// Both this file and the built server lie one folder below the root, so the same path finds the files from either.
const folder = new URL('../database/migrations/', import.meta.url)

const advisoryLock = 736_003

/** The migrations of this Sinew, in order. */
export function readMigrations(from: URL = folder): Migration[] {
  const names = readdirSync(from).filter((name) => name.endsWith('.sql'))
  const migrations = names.sort().map((file) => {
    const [, number, name] = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file) ?? []
    if (!number || !name) throw new Error(`database/migrations/${file} is not named NNNN_name.sql`)
    const sql = readFileSync(new URL(file, from), 'utf8').replaceAll('\r\n', '\n')
    return { number: Number(number), name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
  })
  const twice = migrations.find((migration, at) => migration.number === migrations[at - 1]?.number)
  if (twice) throw new Error(`Two migrations have the number ${twice.number}`)
  return migrations
}

/** Brings a database to the newest migration. Several processes may do so at once: one works, the others wait. */
export async function migrate(pool: pg.Pool, migrations = readMigrations()): Promise<Migration[]> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [advisoryLock])
    const pending = await findPending(client, migrations)
    for (const migration of pending) await apply(client, migration)
    await migrateJobs(pool)
    return pending
  } finally {
    await client.query('select pg_advisory_unlock($1)', [advisoryLock]).catch(() => undefined)
    client.release()
  }
}

async function findPending(client: pg.PoolClient, migrations: Migration[]): Promise<Migration[]> {
  await client.query(`
    create table if not exists migrations (
      number int primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now()
    )`)
  const { rows } = await client.query<{ number: number; name: string; sha256: string }>('select number, name, sha256 from migrations')
  const known = new Map(migrations.map((migration) => [migration.number, migration]))
  for (const applied of rows) {
    const ours = known.get(applied.number)
    const title = `${String(applied.number).padStart(4, '0')}_${applied.name}`
    if (!ours) throw new CannotStart(`This database is from a newer version of Sinew (it has migration ${title}): update Sinew to open it.`)
    if (ours.sha256 !== applied.sha256)
      throw new CannotStart(`Migration ${title} was changed after it was applied: undo the change and add a new migration.`)
  }
  const done = new Set(rows.map((row) => row.number))
  return migrations.filter((migration) => !done.has(migration.number))
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query('insert into migrations (number, name, sha256) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.sha256,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`Migration ${migration.number} (${migration.name}) failed: ${reason}`, { cause: error })
  }
}

// The job queue keeps its own tables, in its own schema, by its own migrations.
async function migrateJobs(pool: pg.Pool): Promise<void> {
  const { Logger, runMigrations } = await import('graphile-worker')
  await runMigrations({ pgPool: pool, logger: new Logger(() => () => undefined) })
}
