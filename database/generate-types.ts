import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { generate, PostgresDialect } from 'kysely-codegen'
import { connect, urlOf } from './connect.ts'
import { startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'

/** The types of every table of ours in a migrated database, as the text of `schema.ts`. */
export async function describeTables(db: Kysely<unknown>): Promise<string> {
  const dialect = new PostgresDialect()
  const text = await generate({ db, dialect, excludePattern: 'graphile_worker.*', typeOnlyImports: true })
  const header = '// Generated from the migrated database by `bin/sinew types`. Do not edit.\n'
  return `${header}\n${text.replace(/^\/\*\*[\s\S]*?\*\/\s*/, '').replace('export interface DB {', 'export interface Database {')}`
}

// Run as a program: migrates a database made for this moment and writes schema.ts.
if (import.meta.main) {
  const dataDir = mkdtempSync(join(tmpdir(), 'sinew-types-'))
  chmodSync(dataDir, 0o711)
  const embedded = await startEmbedded({ dataDir, as: 'tool', durable: false })
  const { pool, db } = connect(urlOf(embedded.connection))
  try {
    await migrate(pool)
    writeFileSync(new URL('schema.ts', import.meta.url), await describeTables(db as Kysely<unknown>))
  } finally {
    await pool.end()
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
