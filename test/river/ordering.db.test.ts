import { setTimeout as pause } from 'node:timers/promises'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../database/connect.ts'
import { type Clerk, startClerk } from '../../server/events/clerk.ts'
import { failureOf } from '../../server/events/failure.ts'
import { readEvents } from '../../server/events/tail.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { connection, insertEvent, subject } from './log.ts'

// The experiment the event log was chosen by: 24 writers, some asleep with an id in hand, one in ten rolled back; three
// clerks, one killed again and again; readers of positions beside a reader of ids, all looking while it happens.

const writers = 24
const transactionsEach = 170
const subjects = 30

let fresh: FreshDatabase
let url: (name: string) => string
beforeAll(async () => {
  fresh = await freshDatabase()
  url = (name) => `${fresh.url}${fresh.url.includes('?') ? '&' : '?'}application_name=${name}`
  await fresh.pool.query('create table seats (subject uuid primary key, taken int not null default 0)')
  for (let n = 0; n < subjects; n++) await fresh.pool.query('insert into seats values ($1)', [subject(n)])
})
afterAll(() => fresh.drop())

/** Takes the next seat of some subject under its lock, then says so. The three nodes' clocks differ by 20 ms. */
async function write(writer: number, random: () => number): Promise<string[]> {
  const it = await connection(fresh.url, 'writer')
  const committed: string[] = []
  for (let n = 0; n < transactionsEach; n++) {
    await it.run('begin')
    const of = subject(Math.floor(random() * subjects))
    const { rows } = await it.run('update seats set taken = taken + 1 where subject = $1 returning taken', [of])
    if (random() < 0.05) await pause(random() * 8)
    const uuid = v7({ msecs: Date.now() + (writer % 3) * 20 })
    const drawn = await it.run(insertEvent, [of, JSON.stringify({ seat: rows[0].taken, uuid })])
    if (random() < 0.05) await pause(random() * 15)
    const given = random() < 0.1
    await it.run(given ? 'rollback' : 'commit')
    if (!given) committed.push(String(drawn.rows[0].id))
  }
  await it.end()
  return committed
}

/** Looks for more until told to stop, and once more then. `read` answers the ids it found beyond its cursor. */
async function follow(read: (after: number) => Promise<{ cursor: number; id: string }[]>, until: { over: boolean }): Promise<string[]> {
  const ids: string[] = []
  let cursor = 0
  for (let last = false; !last; await pause(2)) {
    last = until.over
    for (let found = await read(cursor); found.length > 0; found = await read(cursor)) {
      ids.push(...found.map(({ id }) => id))
      cursor = found.at(-1)?.cursor ?? cursor
    }
  }
  return ids
}

const byPosition = async (after: number) => {
  const events = await readEvents(fresh.db, { after, limit: 100 })
  return events.map(({ position, data }) => ({ cursor: position, id: (data as { uuid: string }).uuid }))
}
const byId = async (after: number) => {
  const { rows } = await fresh.pool.query("select id, data->>'uuid' as uuid from event_log where id > $1 order by id limit 100", [after])
  return rows.map(({ id, uuid }) => ({ cursor: Number(id), id: String(uuid) }))
}

async function startClerks(): Promise<{ clerks: Clerk[]; stumbled: string[]; stop: () => Promise<void> }> {
  const stumbled: string[] = []
  const nodes = ['first', 'second', 'doomed'].map((name) => ({ name, ...connect(url(name), { max: 1 }) }))
  const clerks = nodes.map(({ name, db }) =>
    startClerk({ db, numbered: () => undefined, failed: (error) => stumbled.push(`${name}: ${failureOf(error)}`) }),
  )
  const stop = async () => {
    await Promise.all(clerks.map((clerk) => clerk.stop()))
    await Promise.all(nodes.map(({ pool }) => pool.end()))
  }
  return { clerks, stumbled, stop }
}

const killDoomed = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name = 'doomed' and state in ('active', 'idle in transaction')`

/** Kills the connection of the third clerk wherever it is, every few milliseconds; pokes them all as commits would. */
async function disturb(clerks: readonly Clerk[], until: { over: boolean }): Promise<number> {
  let killed = 0
  while (!until.over) {
    for (const clerk of clerks) clerk.poke()
    killed += (await fresh.pool.query(killDoomed)).rowCount ?? 0
    await pause(3)
  }
  return killed
}

async function race() {
  const writing = { over: false }
  const random = randomFrom(7)
  const { clerks, stumbled, stop } = await startClerks()
  const disturbed = disturb(clerks, writing)
  const numbering = { over: false }
  const readers = Promise.all([byPosition, byPosition, byPosition, byId].map((read) => follow(read, numbering)))
  const committed = (await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer, random)))).flat()
  writing.over = true
  const killed = await disturbed
  for (const clerk of clerks) clerk.poke()
  while ((await fresh.pool.query('select 1 from event_log where position is null limit 1')).rowCount) await pause(5)
  numbering.over = true
  const read = await readers
  await stop()
  return { committed, killed, read, stumbled }
}

/** How often, in an order of the events, a subject's seat comes before an earlier one. */
function turnedRound(rows: { subject_id: string; data: { seat: number } }[]): number {
  const seats = new Map<string, number>()
  return rows.filter(({ subject_id, data }) => {
    const before = seats.get(subject_id) ?? 0
    seats.set(subject_id, data.seat)
    return data.seat < before
  }).length
}

test('Under 24 writers, rollbacks and a dying clerk, positions miss nothing, repeat nothing and keep order; ids and UUIDs do not', async () => {
  const { committed, killed, read, stumbled } = await race()
  const { rows } = await fresh.pool.query(
    "select id, position::int, subject_id, data, data->>'uuid' as uuid from event_log order by position",
  )
  const [one, two, three, ofIds] = read as [string[], string[], string[], string[]]

  expect(killed).toBeGreaterThan(0)
  expect(stumbled.filter((it) => !it.startsWith('doomed'))).toEqual([])
  expect(rows.map(({ id }) => id).sort()).toEqual(committed.sort())
  expect(rows.map(({ position }) => position)).toEqual(rows.map((_, at) => at + 1))
  expect(turnedRound(rows)).toBe(0)
  for (const ids of [one, two, three]) expect(ids).toEqual(rows.map(({ uuid }) => uuid))

  expect(rows.length - new Set(ofIds).size).toBeGreaterThan(0)
  const byUuid = rows.toSorted((a, b) => (a.uuid < b.uuid ? -1 : 1))
  expect(turnedRound(byUuid)).toBeGreaterThan(0)
})

/** The same race's choices each run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
