import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Module } from '../../kernel/module.ts'
import { on } from '../../kernel/reaction.ts'
import type { FreshDatabase } from '../support/database.ts'
import { subject } from './log.ts'
import { cast, freshBoard, type Node, pin, startNode } from './stage.ts'

let fresh: FreshDatabase
const nodes: Node[] = []

beforeEach(async () => {
  fresh = await freshBoard()
  await fresh.pool.query('create table counted (id uuid, position bigint, historic boolean)')
})
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.stop()
  await fresh.drop()
})

const start = async (...modules: Module[]) => {
  const node = await startNode(fresh, modules)
  nodes.push(node)
  return node
}
const counted = async () =>
  (await fresh.pool.query('select position::int from counted order by position')).rows.map(({ position }) => position)
const state = async (reader: string) => (await fresh.pool.query('select * from event_readers where reader = $1', [reader])).rows[0]
const eventually = <T>(look: () => Promise<T>, wanted: T) =>
  vi.waitFor(async () => expect(await look()).toEqual(wanted), { timeout: 8000, interval: 20 })

/** Writes down every renaming, as a roll-up would. `bad` ids throw while they are in the set. */
const counting = (bad: ReadonlySet<string> = new Set(), name = 'counting'): Module => ({
  name,
  reactions: [
    on('conversation.renamed', async (ctx, { conversationId }, { position, historic }) => {
      await sql`insert into counted values (${conversationId}, ${position}, ${historic})`.execute(ctx.tx)
      if (bad.has(conversationId))
        throw Object.assign(new TypeError('Maria Silva <maria@example.com> is not a function'), { code: 'bad_note' })
    }),
  ],
})
const rename = (node: Node, n: number) => node.act(cast.ana, (ctx) => pin(ctx, subject(n), { words: 'x' }))

test('A reaction lands once per event, in order, and soon after the commit', async () => {
  const node = await start(counting())
  const since = performance.now()
  for (let n = 1; n <= 30; n++) await rename(node, n)
  await eventually(
    counted,
    Array.from({ length: 30 }, (_, at) => at + 1),
  )
  expect(performance.now() - since).toBeLessThan(1500)
})

test('With several nodes at work each event still lands once', async () => {
  const all = [await start(counting()), await start(counting()), await start(counting())]
  await Promise.all(Array.from({ length: 60 }, (_, n) => rename(all[n % 3]!, n)))
  await eventually(
    counted,
    Array.from({ length: 60 }, (_, at) => at + 1),
  )
  await new Promise((done) => setTimeout(done, 100))
  expect(await counted()).toHaveLength(60)
})

test('A reaction that throws stops its reader where it is, visibly and without anybody’s words, and other readers go on', async () => {
  const bad = new Set([subject(3)])
  const node = await start(counting(bad))
  for (let n = 1; n <= 5; n++) await rename(node, n)
  await eventually(async () => (await state('counting'))?.failure, 'TypeError bad_note')
  expect(await counted()).toEqual([1, 2])
  const { readers } = await node.river.health()
  expect(readers).toMatchObject([{ reader: 'counting', behind: 3, failure: 'TypeError bad_note' }])
  expect(JSON.stringify(readers)).not.toContain('maria')

  bad.clear()
  await eventually(counted, [1, 2, 3, 4, 5])
  await eventually(async () => (await state('counting'))?.failed_at, null)
})

test('While it keeps failing the pauses grow and nothing is skipped', async () => {
  const node = await start(counting(new Set([subject(1)])))
  await rename(node, 1)
  await rename(node, 2)
  await eventually(async () => (await state('counting'))?.attempts, 2)
  for (let n = 0; n < 20; n++) await rename(node, 10 + n)
  expect((await state('counting')).attempts).toBe(2)
  expect(await counted()).toEqual([])
})

test('A reaction may say that something happened; it is numbered and read like any other event', async () => {
  const echo: Module = {
    name: 'echo',
    reactions: [on('person.deactivated', async (ctx) => ctx.record('conversation.renamed', { conversationId: subject(77) } as never))],
  }
  const node = await start(echo, counting())
  await node.act(cast.ana, async (ctx) => ctx.record('person.deactivated', { personId: subject(1) } as never))
  await eventually(counted, [2])
  const { rows } = await fresh.pool.query('select actor_kind, actor_id from event_log where position = 2')
  expect(rows).toEqual([{ actor_kind: 'system', actor_id: 'echo' }])
})

test('Imported history is read only by reactions that ask for it', async () => {
  const started = (name: string, historic: boolean): Module => ({
    name,
    reactions: [
      on(
        'conversation.started',
        async (ctx, { conversationId }, told) =>
          void (await sql`insert into counted values (${conversationId}, ${told.position}, ${told.historic})`.execute(ctx.tx)),
        { historic },
      ),
    ],
  })
  const node = await start(started('notifies', false), started('measures', true), counting())
  await node.act(cast.ana, (ctx) => pin(ctx, subject(1), { words: 'Old', historic: true }))
  await rename(node, 2)
  await eventually(counted, [1, 2])
  await eventually(async () => Number((await state('notifies')).position) > 0, true)
  expect(await counted()).toEqual([1, 2])
})

test('A reader that is new reads the log from its beginning', async () => {
  const node = await start()
  await rename(node, 1)
  await rename(node, 2)
  await start(counting())
  await eventually(counted, [1, 2])
})
