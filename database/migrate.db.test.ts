import { expect, test } from 'vitest'
import { freshDatabase } from '../test/support/database.ts'
import { connect } from './connect.ts'
import { type Migration, migrate, readMigrations } from './migrate.ts'

const extra = (number: number, sql: string, sha256 = 'x'): Migration => ({ number, name: 'extra', sql, sha256 })

test('migrating again changes nothing', async () => {
  const { pool, drop } = await freshDatabase()
  expect(await migrate(pool)).toEqual([])
  await drop()
})

test('several processes may migrate at once and each migration is applied once', async () => {
  const { pool, url, drop } = await freshDatabase()
  const migrations = [...readMigrations(), extra(9001, 'create table extra (n int); insert into extra values (1)')]
  const others = Array.from({ length: 4 }, () => connect(url))
  const applied = await Promise.all(others.map((other) => migrate(other.pool, migrations)))
  expect(applied.flat().map((migration) => migration.number)).toEqual([9001])
  expect((await pool.query('select n from extra')).rows).toEqual([{ n: 1 }])
  await Promise.all(others.map((other) => other.pool.end()))
  await drop()
})

test('a migration that fails midway leaves nothing behind', async () => {
  const { pool, drop } = await freshDatabase()
  const broken = [...readMigrations(), extra(9001, 'create table extra (n int); select 1 / 0')]
  await expect(migrate(pool, broken)).rejects.toThrow('Migration 9001 (extra) failed: division by zero')
  expect((await pool.query(`select to_regclass('extra') as extra`)).rows).toEqual([{ extra: null }])
  await drop()
})

test('a database from a newer version is refused in one sentence', async () => {
  const { pool, drop } = await freshDatabase()
  await migrate(pool, [...readMigrations(), extra(9001, 'select 1')])
  await expect(migrate(pool)).rejects.toThrow('This database is from a newer version of Sinew (it has migration 9001_extra)')
  await drop()
})

test('a migration changed after it was applied is refused by name', async () => {
  const { pool, drop } = await freshDatabase()
  await migrate(pool, [...readMigrations(), extra(9001, 'select 1', 'before')])
  const changed = [...readMigrations(), extra(9001, 'select 2', 'after')]
  await expect(migrate(pool, changed)).rejects.toThrow('Migration 9001_extra was changed after it was applied')
  await drop()
})
