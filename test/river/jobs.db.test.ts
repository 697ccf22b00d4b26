import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Job } from '../../kernel/job.ts'
import type { Module } from '../../kernel/module.ts'
import { freeAbandoned } from '../../server/jobs/abandoned.ts'
import { addDue } from '../../server/jobs/due.ts'
import type { FreshDatabase } from '../support/database.ts'
import { subject } from './log.ts'
import { cast, freshBoard, type Node, startNode } from './stage.ts'

let fresh: FreshDatabase
const nodes: Node[] = []

beforeEach(async () => {
  fresh = await freshBoard()
  await fresh.pool.query('create table letters (id uuid primary key, state text not null, tries int not null default 0)')
})
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.stop()
  await fresh.drop()
})

const start = async (module: Partial<Module>) => {
  const node = await startNode(fresh, [{ name: 'letters', ...module }])
  nodes.push(node)
  return node
}

type Run = Job['run']

/** Sends letters that are due: the smallest job. */
const posting = (send: Run, more: Partial<Job> = {}): Job => ({
  name: 'post-letter',
  attempts: 3,
  due: async ({ transact }, limit) =>
    transact(async ({ tx }) => {
      const { rows } = await sql<{ id: string }>`select id from letters where state = 'due' order by id limit ${limit}`.execute(tx)
      return rows.map(({ id }) => id)
    }),
  run: send,
  ...more,
})
const mark = async (steps: Parameters<Run>[0], id: string, state: string) => {
  await steps.transact(
    async ({ tx }) => void (await sql`update letters set state = ${state}, tries = tries + 1 where id = ${id}`.execute(tx)),
  )
}
const sent: Run = (steps, id) => mark(steps, id, 'sent')

const write = (node: Node, ...numbers: number[]) =>
  node.act(cast.ana, async (ctx) => {
    for (const n of numbers) await sql`insert into letters values (${subject(n)}, 'due')`.execute(ctx.tx)
    ctx.record('conversation.renamed', { conversationId: subject(1) } as never)
  })
const states = async () => (await fresh.pool.query('select state from letters order by id')).rows.map(({ state }) => state)
const eventually = <T>(look: () => Promise<T>, wanted: T, timeout = 8000) =>
  vi.waitFor(async () => expect(await look()).toEqual(wanted), { timeout, interval: 10 })
const waiting = async () => Number((await fresh.pool.query('select count(*) from graphile_worker.jobs')).rows[0].count)

test('A row that a verb leaves is acted on within a quarter of a second, once', async () => {
  const runs: string[] = []
  const node = await start({
    jobs: [
      posting((steps, id, attempt) => {
        runs.push(id)
        return sent(steps, id, attempt)
      }),
    ],
  })
  await write(node, 99)
  await eventually(states, ['sent'])
  const since = performance.now()
  await write(node, 1, 2, 3)
  await eventually(states, ['sent', 'sent', 'sent', 'sent'], 250)
  expect(performance.now() - since).toBeLessThan(250)
  expect(runs.toSorted()).toEqual([1, 2, 3, 99].map(subject))
  await eventually(waiting, 0)
})

test('Rows are looked for only after the events a job names', async () => {
  let looks = 0
  const due: Job['due'] = async () => {
    looks++
    return []
  }
  const node = await start({ jobs: [posting(sent, { due, after: ['conversation.closed'] })] })
  await vi.waitFor(() => expect(looks).toBeGreaterThan(0))
  const before = looks
  await write(node, 1)
  await new Promise((done) => setTimeout(done, 200))
  expect(looks).toBe(before)
  await node.act(cast.ana, async (ctx) => ctx.record('conversation.closed', { conversationId: subject(1) } as never))
  await vi.waitFor(() => expect(looks).toBe(before + 1))
})

test('Rows that fall due by the clock alone are found as often as their job asks', async () => {
  await start({ jobs: [posting(sent, { after: ['conversation.closed'], every: 100 })] })
  await new Promise((done) => setTimeout(done, 300))
  await fresh.pool.query("insert into letters values ($1, 'due')", [subject(1)])
  await eventually(states, ['sent'], 1500)
})

test('A job that throws is tried again, knows its last attempt, and keeps nobody’s words', async () => {
  const attempts: { number: number; last: boolean }[] = []
  const failing: Run = async (steps, id, attempt) => {
    attempts.push(attempt)
    if (attempt.last) await mark(steps, id, 'given up')
    throw Object.assign(new Error('550 <maria@example.com> unknown'), { code: 'EENVELOPE' })
  }
  const node = await start({ jobs: [posting(failing, { attempts: 2 })] })
  await write(node, 1)
  await eventually(states, ['given up'])
  expect(attempts).toEqual([
    { number: 1, last: false },
    { number: 2, last: true },
  ])
  const { rows } = await fresh.pool.query('select last_error from graphile_worker.jobs')
  expect(rows).toEqual([{ last_error: 'Error EENVELOPE' }])
})

test('A row that is made due again after it was given up gets a new job', async () => {
  let works = false
  const job = posting(
    async (steps, id, attempt) => {
      if (works) return sent(steps, id, attempt)
      await mark(steps, id, 'given up')
      throw new Error('no')
    },
    { attempts: 1 },
  )
  const node = await start({ jobs: [job] })
  await write(node, 1)
  await eventually(states, ['given up'])
  works = true
  await fresh.pool.query("update letters set state = 'due'")
  await write(node, 2)
  await eventually(states, ['sent', 'sent'])
})

test('Rows that lost their job, or never had one, are found when a node starts', async () => {
  for (let n = 1; n <= 700; n++) await fresh.pool.query("insert into letters values ($1, 'due')", [subject(n)])
  await start({ jobs: [posting(sent)] })
  await eventually(async () => (await states()).filter((it) => it === 'sent').length, 700)
  const { rows } = await fresh.pool.query('select max(tries) from letters')
  expect(rows).toEqual([{ max: 1 }])
})

test('Rows that wait for a dead mail server do not hold up the rows behind them', async () => {
  const engine = (await start({})).engine
  await fresh.pool.query(
    "insert into letters select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'due' from generate_series(1, 2600) n",
  )
  const limits: number[] = []
  const usual = posting(sent)
  const due: Job['due'] = (steps, limit) => {
    limits.push(limit)
    return usual.due(steps, limit)
  }
  const job = posting(sent, { due })
  expect(await addDue(engine, fresh.db, job)).toBe(2600)
  expect(limits).toEqual([500, 2000, 8000])
  expect(await addDue(engine, fresh.db, job)).toBe(0)
  expect(await waiting()).toBe(2600)
})

test('What a dead node was working on is taken over; what a living one works on is left to it', async () => {
  let release = () => {}
  const holding = new Promise<void>((done) => {
    release = done
  })
  const living = await start({ jobs: [posting((steps, id, attempt) => holding.then(() => sent(steps, id, attempt)))] })
  await write(living, 1)
  await eventually(async () => (await fresh.pool.query('select 1 from graphile_worker.jobs where locked_by is not null')).rowCount, 1)
  await fresh.pool.query(
    "select graphile_worker.add_job('post-letter', '{}', job_key => 'post-letter:elsewhere', run_at => now() + interval '1 hour')",
  )
  await fresh.pool.query("update graphile_worker._private_jobs set locked_at = now() - interval '1 minute' where locked_by is not null")
  await fresh.pool.query(
    "update graphile_worker._private_jobs set locked_at = now() - interval '1 minute', locked_by = 'pool-of-the-dead' where key = 'post-letter:elsewhere'",
  )
  expect(await freeAbandoned(fresh.db)).toBe(1)
  const { rows } = await fresh.pool.query('select key from graphile_worker.jobs where locked_by is not null')
  expect(rows).toEqual([{ key: `post-letter:${subject(1)}` }])
  release()
  await eventually(states, ['sent'])
})

test('Stopping waits for a job that runs', async () => {
  let began = false
  const slow: Run = async (steps, id, attempt) => {
    began = true
    await new Promise((done) => setTimeout(done, 300))
    await sent(steps, id, attempt)
  }
  const node = await start({ jobs: [posting(slow)] })
  await write(node, 1)
  await vi.waitFor(() => expect(began).toBe(true))
  await node.stop()
  nodes.length = 0
  expect(await states()).toEqual(['sent'])
  expect(await waiting()).toBe(0)
})

test('A schedule runs as the machine, under its own name', async () => {
  const ran: string[] = []
  await start({
    schedules: [{ name: 'sweep-board', cron: '* * * * *', run: async ({ actor }) => void ran.push(`${actor.kind} ${actor.id}`) }],
  })
  // What the calendar does each minute.
  await fresh.pool.query("select graphile_worker.add_job('sweep-board', '{}')")
  await vi.waitFor(() => expect(ran).toEqual(['system sweep-board']))
  const { rows } = await fresh.pool.query('select identifier from graphile_worker._private_known_crontabs')
  expect(rows).toEqual([{ identifier: 'sweep-board' }])
})
