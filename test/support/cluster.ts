import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { type Connection, connect, urlOf } from '../../database/connect.ts'
import { startEmbedded } from '../../database/embedded.ts'
import { migrate } from '../../database/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of this test run, connected to its maintenance database. */
    cluster: Connection
  }
}

/** The migrated database every test's own copy is cloned from. */
export const template = 'sinew_template'

/** A PostgreSQL that lives as long as the test run and is gone afterwards. */
export async function startCluster(): Promise<{ connection: Connection; stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sinew-test-'))
  // Run by root, PostgreSQL's own user has to pass through.
  chmodSync(dataDir, 0o711)
  const embedded = await startEmbedded({ dataDir, as: 'tool', durable: false })
  const connection = { ...embedded.connection, database: 'postgres' }
  await makeTemplate(connection)
  const stop = async () => {
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
    if (embedded.elsewhere) rmSync(embedded.home, { recursive: true, force: true })
  }
  return { connection, stop }
}

async function makeTemplate(connection: Connection): Promise<void> {
  const admin = new pg.Client(connection)
  await admin.connect()
  await admin.query(`create database ${template}`)
  await admin.end()
  const { pool } = connect(urlOf({ ...connection, database: template }))
  await migrate(pool)
  await pool.end()
}

/** Vitest's global set-up for every project that needs a database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { connection, stop } = await startCluster()
  project.provide('cluster', connection)
  return stop
}
