import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { freshDatabase } from '../support/database.ts'
import { launch, newPlace, startSinew } from './launcher.ts'

const place = async () => {
  const made = await newPlace()
  onTestFinished(() => rmSync(made.DATA_DIR, { recursive: true, force: true }))
  return made
}

/** Starts Sinew, expects it to end by itself with a failing code and a single line, and answers that line. */
async function refusal(settings: Record<string, string>): Promise<string> {
  const sinew = launch(['start'], settings)
  expect(await sinew.ended()).toBe(1)
  const lines = sinew
    .printed()
    .trim()
    .split('\n')
    .filter((line) => !line.endsWith('…'))
  expect(lines).toHaveLength(1)
  return lines[0]!
}

test('a busy port is named together with what to do', async () => {
  const at = await place()
  const other = createServer().listen(Number(at.PORT), '127.0.0.1')
  onTestFinished(() => void other.close())
  expect(await refusal(at)).toBe(
    `Port ${at.PORT} is in use: stop the program that uses it, or choose another, such as PORT=${Number(at.PORT) + 1}.`,
  )
})

test('a data folder that cannot be made is named', async () => {
  const at = await place()
  writeFileSync(join(at.DATA_DIR, 'file'), '')
  expect(await refusal({ ...at, DATA_DIR: join(at.DATA_DIR, 'file', 'data') })).toContain('is not a folder')
})

test.skipIf(process.getuid?.() === 0)('a data folder we may not write to is named', async () => {
  const at = await place()
  mkdirSync(join(at.DATA_DIR, 'closed'), { mode: 0o500 })
  expect(await refusal({ ...at, DATA_DIR: join(at.DATA_DIR, 'closed', 'data') })).toContain('Sinew may not write to')
})

test('a second Sinew on the same data folder is refused while the first runs', async () => {
  const at = await place()
  const first = await startSinew(at)
  const { PORT, SMTP_PORT } = await newPlace()
  expect(await refusal({ ...at, PORT, SMTP_PORT })).toBe(
    `Another Sinew is already running on ${at.DATA_DIR}: stop it, or set DATA_DIR to another folder.`,
  )
  expect((await fetch(`${first.address}/healthz`)).status).toBe(200)
  await first.stop()
})

test('a database written by a newer PostgreSQL is left alone', async () => {
  const at = await place()
  const cluster = join(at.DATA_DIR, 'postgres', 'cluster')
  mkdirSync(cluster, { recursive: true })
  writeFileSync(join(cluster, 'PG_VERSION'), '99\n')
  expect(await refusal(at)).toMatch(/was written by PostgreSQL 99 and this Sinew brings \d+: update Sinew\.$/)
})

test('a database migrated by a newer Sinew is left alone', async () => {
  const { url, pool, drop } = await freshDatabase()
  await pool.query(`insert into migrations (number, name, sha256) values (9001, 'from_the_future', '')`)
  expect(await refusal({ ...(await place()), DATABASE_URL: url })).toContain('This database is from a newer version of Sinew')
  await drop()
})

test('a PostgreSQL that does not answer is named without its password', async () => {
  const sentence = await refusal({ ...(await place()), DATABASE_URL: 'postgresql://sinew:hidden@127.0.0.1:1/support' })
  expect(sentence).toContain('The PostgreSQL of DATABASE_URL (127.0.0.1/support) does not let Sinew in')
  expect(sentence).not.toContain('hidden')
})

test('a wrong setting is named', async () => {
  expect(await refusal({ ...(await place()), PORT: 'http' })).toBe('The setting PORT must be a number (it is "http").')
})
