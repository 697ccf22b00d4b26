import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from '../../database/connect.ts'
import { numberEvents } from '../../server/events/clerk.ts'
import { readEvents } from '../../server/events/tail.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { connection, someoneWaits } from './log.ts'

// The order of a log is lost in ways that happen once in a thousand times under load. Here they are built by hand, so
// that each happens every time, first to a design that is wrong, then to ours.

type Connection = Awaited<ReturnType<typeof connection>>
let fresh: FreshDatabase
let first: Connection
let second: Connection
let reader: Connection

beforeEach(async () => {
  fresh = await freshDatabase()
  ;[first, second, reader] = await Promise.all([connection(fresh.url), connection(fresh.url), connection(fresh.url)])
})
afterEach(async () => {
  await Promise.all([first.end(), second.end(), reader.end()])
  await fresh.drop()
})

/** The first writer draws its id, the second draws the next and commits, a reader looks, then the first commits. */
async function slowCommit(look: () => Promise<void>): Promise<{ slow: number; quick: number }> {
  await first.run('begin')
  const slow = await first.write(1)
  const quick = await second.write(2)
  await look()
  await first.run('commit')
  await look()
  return { slow, quick }
}

test('A reader of the identity column misses what commits after a higher id', async () => {
  const read: number[] = []
  const { slow, quick } = await slowCommit(async () => {
    read.push(...(await reader.ids('select id from event_log where id > $1 order by id', [read.at(-1) ?? 0])))
  })
  expect(slow).toBeLessThan(quick)
  expect(read).toEqual([quick])
})

test('A reader of positions gets what commits after a higher id, later', async () => {
  const read: { position: number; subject: string }[] = []
  await slowCommit(async () => {
    await numberEvents(fresh.db)
    for (const { position, subject } of await readEvents(fresh.db, { after: read.at(-1)?.position ?? 0, limit: 10 })) {
      read.push({ position, subject: subject.id.slice(-1) })
    }
  })
  expect(read).toEqual([
    { position: 1, subject: '2' },
    { position: 2, subject: '1' },
  ])
})

/** Two nodes close and reopen one conversation in turn, under its lock; the clock of the first is 50 ms ahead. */
async function skewedClocks(): Promise<void> {
  const now = Date.now()
  await first.run('begin')
  await first.write(1, { what: 'closed', uuid: v7({ msecs: now + 50 }) })
  await first.run('commit')
  await second.run('begin')
  await second.write(1, { what: 'reopened', uuid: v7({ msecs: now + 10 }) })
  await second.run('commit')
}

test('UUIDv7 ids put what one subject did in the order of the nodes’ clocks, which is wrong', async () => {
  await skewedClocks()
  const { rows } = await reader.run("select data->>'what' as what from event_log order by (data->>'uuid')::uuid")
  expect(rows.map(({ what }) => what)).toEqual(['reopened', 'closed'])
})

test('Positions keep the order of what one subject did, whatever the nodes’ clocks say', async () => {
  await skewedClocks()
  await numberEvents(fresh.db)
  const events = await readEvents(fresh.db, { after: 0, limit: 10 })
  expect(events.map(({ data }) => (data as { what: string }).what)).toEqual(['closed', 'reopened'])
})

// Careful in every way but one: it checks again that the row is still unnumbered, yet its lock and its look share a statement.
const lockAndNumber = `
  with lock as materialized (select pg_advisory_xact_lock(736001)),
  waiting as (select id, row_number() over (order by id) as place from event_log where position is null)
  update event_log set position = last.position + waiting.place
  from lock, waiting, (select coalesce(max(position), 0) as position from event_log) as last
  where event_log.id = waiting.id and event_log.position is null`

/** The second clerk begins while the first is at work, after one more event was committed. */
async function twoClerks(second: () => Promise<unknown>): Promise<unknown> {
  const [slow, quick] = await Promise.all([connection(fresh.url), connection(fresh.url)])
  await slow.run('begin')
  await slow.write(1)
  await quick.write(2)
  await first.run('begin')
  await first.run(lockAndNumber)
  await slow.run('commit')
  const numbered = second()
  await Promise.race([someoneWaits(reader), numbered])
  await first.run('commit')
  const outcome = await numbered
  await Promise.all([slow.end(), quick.end()])
  return outcome
}

test('A clerk that locks and numbers in one statement gives a position twice', async () => {
  await reader.run('alter table event_log drop constraint event_log_position_key')
  await twoClerks(() => second.run(lockAndNumber))
  expect(await reader.ids('select position as id from event_log order by id')).toEqual([1, 1])
})

test('A clerk that locks in a statement of its own leaves the work to the other, and numbers the rest after it', async () => {
  const outcome = await twoClerks(() => numberEvents(fresh.db))
  expect(outcome).toBeNull()
  expect(await numberEvents(fresh.db)).toMatchObject({ count: 1, position: 2 })
  expect(await reader.ids('select position as id from event_log order by position')).toEqual([1, 2])
})

test('A clerk that dies between numbering and commit leaves nothing behind, and the next numbers the same events', async () => {
  await first.write(1)
  await first.write(2)
  await reader.run(`
    create function dawdle() returns trigger language plpgsql as $$
      begin if current_setting('application_name') = 'doomed' then perform pg_sleep(20); end if; return new; end $$`)
  await reader.run('create trigger dawdle after update on event_log for each row execute function dawdle()')
  const doomed = connect(`${fresh.url}${fresh.url.includes('?') ? '&' : '?'}application_name=doomed`, { max: 1 })
  const dying = numberEvents(doomed.db).then(
    () => 'numbered',
    () => 'died',
  )
  const atWork = "select pid as id from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'"
  let pid: number | undefined
  while (pid === undefined) pid = (await reader.ids(atWork))[0]
  expect(await numberEvents(fresh.db)).toBeNull()
  await reader.run('select pg_terminate_backend($1, 5000)', [pid])
  expect(await dying).toBe('died')
  expect(await numberEvents(fresh.db)).toMatchObject({ count: 2, position: 2 })
  await doomed.pool.end()
})
