import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import pg from 'pg'
import { inject } from 'vitest'
import { type Connection, connect, urlOf } from '../../database/connect.ts'
import type { Database } from '../../database/schema.ts'
import { template } from './cluster.ts'

/** A database of a test's own. `drop` ends its connections and removes it; at the end of the run all are removed anyway. */
export type FreshDatabase = { db: Kysely<Database>; pool: pg.Pool; url: string; name: string; drop(): Promise<void> }

/** A private copy of the migrated, empty database, cloned in a few milliseconds. */
export async function freshDatabase(cluster: Connection = inject('cluster')): Promise<FreshDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await asAdmin(cluster, `create database ${name} template ${template} strategy file_copy`)
  const url = urlOf({ ...cluster, database: name })
  const { pool, db } = connect(url, { max: 10 })
  const drop = async () => {
    await pool.end()
    await asAdmin(cluster, `drop database if exists ${name} with (force)`)
  }
  return { db, pool, url, name, drop }
}

async function asAdmin(cluster: Connection, statement: string): Promise<void> {
  const admin = new pg.Client(cluster)
  await admin.connect()
  try {
    await admin.query(statement)
  } finally {
    await admin.end()
  }
}
