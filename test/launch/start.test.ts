import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { freshDatabase } from '../support/database.ts'
import { newPlace, type Place, type Sinew, startSinew, startUnderNpm } from './launcher.ts'

const places: Place[] = []
const running: Sinew[] = []

const place = async () => {
  const made = await newPlace()
  places.push(made)
  return made
}

const start = async (at: Place) => {
  const sinew = await startSinew(at)
  running.push(sinew)
  return sinew
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((sinew) => sinew.process.exitCode ?? sinew.process.signalCode ?? sinew.stop()))
  for (const { DATA_DIR } of places.splice(0)) rmSync(DATA_DIR, { recursive: true, force: true })
})

const healthy = async (sinew: Sinew) => (await fetch(`${sinew.address}/healthz`)).status
const pidFile = (at: Place) => join(at.DATA_DIR, 'postgres/cluster/postmaster.pid')
const postmaster = (at: Place) => Number(readFileSync(pidFile(at), 'utf8').split('\n')[0])

test('a first start serves, Ctrl-C ends Sinew and its database, and the second start is quick', async () => {
  const at = await place()
  const first = await start(at)
  expect(await healthy(first)).toBe(200)
  expect(existsSync(pidFile(at))).toBe(true)
  expect(await first.stop('SIGINT')).toBe(0)
  expect(existsSync(pidFile(at))).toBe(false)
  const began = Date.now()
  const second = await start(at)
  console.log(`second start: ${Date.now() - began} ms`)
  expect(await healthy(second)).toBe(200)
})

test('after kill -9 of the server the next start goes on with the database that still runs', async () => {
  const at = await place()
  const killed = await start(at)
  const database = postmaster(at)
  await killed.stop('SIGKILL')
  expect(await healthy(await start(at))).toBe(200)
  expect(postmaster(at)).toBe(database)
})

test('after kill -9 of server and database the next start recovers', async () => {
  const at = await place()
  const killed = await start(at)
  process.kill(postmaster(at), 'SIGKILL')
  await killed.stop('SIGKILL')
  expect(await healthy(await start(at))).toBe(200)
})

test('a database that dies under a running Sinew is started again', async () => {
  const at = await place()
  const sinew = await start(at)
  process.kill(postmaster(at), 'SIGKILL')
  const giveUpAt = Date.now() + 15_000
  do await pause(200)
  while ((await healthy(sinew)) !== 200 && Date.now() < giveUpAt)
  expect(await healthy(sinew)).toBe(200)
})

test('two instances run side by side', async () => {
  const both = await Promise.all([place().then(start), place().then(start)])
  expect(await Promise.all(both.map(healthy))).toEqual([200, 200])
})

test('a PostgreSQL of your own is used when DATABASE_URL names it', async () => {
  const { url, pool, drop } = await freshDatabase()
  const sinew = await start({ ...(await place()), DATABASE_URL: url })
  expect(await healthy(sinew)).toBe(200)
  expect(
    (await pool.query(`select from pg_stat_activity where application_name = 'sinew' and datname = current_database()`)).rowCount,
  ).toBeGreaterThan(1)
  await sinew.stop()
  await drop()
})

test('when npm is killed, the server it ran ends by itself and frees port and data folder', async () => {
  const at = await place()
  const npm = await startUnderNpm(at)
  await npm.stop('SIGKILL')
  expect(await healthy(await start(at))).toBe(200)
})
