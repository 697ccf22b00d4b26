import { afterAll, beforeAll, expect, test } from 'vitest'
import { listEvents } from '../../contract/stream.ts'
import type { FreshDatabase } from '../support/database.ts'
import { settle } from '../support/settle.ts'
import { openStream } from '../support/sse.ts'
import { subject } from './log.ts'
import { cast, freshBoard, type Node, pin, startNode, tear } from './stage.ts'

let fresh: FreshDatabase
let node: Node

beforeAll(async () => {
  fresh = await freshBoard()
  node = await startNode(fresh)
  await node.act(cast.ana, (ctx) => pin(ctx, subject(1), { words: 'For the house' }))
  await node.act(cast.ben, (ctx) => pin(ctx, subject(2), { words: 'For the red team', audience: ['team:red'] }))
  await node.act(cast.cleo, async (ctx) => ctx.record('person.deactivated', { personId: subject(7) } as never))
  await node.act(cast.ana, (ctx) => pin(ctx, subject(3), { words: 'Soon gone' }))
  await node.act(cast.key, (ctx) => tear(ctx, subject(3)))
  await settle({ river: node.river, db: fresh.db })
})
afterAll(async () => {
  await node.stop()
  await fresh.drop()
})

async function page(name: string, query = '') {
  const answer = await fetch(`${node.address}/api/v1/events${query}`, { headers: node.headers(name) })
  expect(answer.status).toBe(200)
  return listEvents.returns.parse(await answer.json())
}
const positions = async (name: string) => (await page(name)).items.map(({ position }) => position)

test('Each asker’s log holds the events of what they see now', async () => {
  expect(await positions('cleo')).toEqual([1, 3])
  expect(await positions('ana')).toEqual([1, 2, 3])
  expect(await positions('ben')).toEqual([2])
})

test('What was deleted for good leaves its events to those who see every row', async () => {
  expect(await positions('key')).toEqual([1, 2, 4, 5])
})

test('Who did it is told as team and organisation; by name only to oneself and to auditors', async () => {
  const actorIn = async (name: string) => (await page(name)).items[0]?.actor
  const theirs = { team: subject(60), organisation: subject(50) }
  expect(await actorIn('cleo')).toEqual({ kind: 'person', id: null, ...theirs })
  expect(await actorIn('key')).toEqual({ kind: 'person', id: null, ...theirs })
  expect(await actorIn('ana')).toEqual({ kind: 'person', id: cast.ana.id, ...theirs })
  expect(await actorIn('ada')).toEqual({ kind: 'person', id: cast.ana.id, ...theirs })
})

test('Pages follow one another to the end of the log, past what the asker does not see', async () => {
  const first = await page('cleo', '?limit=1')
  expect(first.items.map(({ position }) => position)).toEqual([1])
  const second = await page('cleo', `?limit=1&after=${first.next}`)
  expect(second.items.map(({ position }) => position)).toEqual([3])
  expect((await page('cleo', `?limit=1&after=${second.next}`)).items).toEqual([])
  expect((await page('cleo', '?after=5')).next).toBeNull()
})

test('Nonsense is refused', async () => {
  for (const query of ['?after=-1', '?after=now', '?limit=0', '?limit=5000']) {
    const answer = await fetch(`${node.address}/api/v1/events${query}`, { headers: node.headers('cleo') })
    expect(answer.status).toBe(422)
  }
})

test('A stream without a watch follows the log itself, and resumes it', async () => {
  const stream = await openStream(`${node.address}/api/v1/events`, { ...node.headers('cleo'), 'last-event-id': '0' })
  await stream.until(({ name }) => name === 'hello')
  const unnamed = (await page('cleo')).items.map((it) => ({ ...it, actor: { ...it.actor, id: null } }))
  expect(stream.messages.filter(({ name }) => name === 'message').map(({ data }) => data)).toEqual(unnamed)
  await node.act(cast.ben, (ctx) => pin(ctx, subject(2), { words: 'Not for Cleo', audience: ['team:red'] }))
  await node.act(cast.ana, (ctx) => pin(ctx, subject(1), { words: 'For Cleo' }))
  await stream.reach(await settle({ river: node.river, db: fresh.db }))
  expect(stream.messages.filter(({ id }) => id > 5).map(({ data }) => data)).toMatchObject([
    { position: 7, name: 'conversation.renamed', subject: { kind: 'conversation', id: subject(1) }, actor: { id: null } },
  ])
  stream.close()
})
