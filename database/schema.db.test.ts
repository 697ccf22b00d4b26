import { readFileSync } from 'node:fs'
import type { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { freshDatabase } from '../test/support/database.ts'
import { describeTables } from './generate-types.ts'

test('the committed types describe the migrated database', async () => {
  const { db, drop } = await freshDatabase()
  const committed = readFileSync(new URL('schema.ts', import.meta.url), 'utf8')
  expect(committed, 'run `bin/sinew types`').toBe(await describeTables(db as unknown as Kysely<unknown>))
  await drop()
})
