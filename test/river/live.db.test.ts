import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Frame } from '../../contract/stream.ts'
import type { FreshDatabase } from '../support/database.ts'
import { type Held, verifyLive } from '../support/parity.ts'
import { settle } from '../support/settle.ts'
import { type OpenStream, openStream } from '../support/sse.ts'
import { subject } from './log.ts'
import { cast, freshBoard, type Node, pin, startNode, tear } from './stage.ts'

let fresh: FreshDatabase
let node: Node
const open: OpenStream[] = []

beforeEach(async () => {
  fresh = await freshBoard()
  node = await startNode(fresh)
})
afterEach(async () => {
  for (const stream of open.splice(0)) stream.close()
  await node.stop()
  await fresh.drop()
})

async function watch(name: string, what: string | null, headers: Record<string, string> = {}, at = node): Promise<OpenStream> {
  const query = what === null ? '' : `?watch=${what}`
  const stream = await openStream(`${at.address}/api/v1/events${query}`, { ...at.headers(name), ...headers })
  open.push(stream)
  await stream.until((message) => message.name === 'hello')
  return stream
}

const note = subject(101)
/** Writes, and waits until it was shown: two writes at once would be one view. */
async function write(words: string, audience = ['house'], id = note): Promise<void> {
  await node.act(cast.ana, (ctx) => pin(ctx, id, { words, audience }))
  await settle({ river: node.river, db: fresh.db })
}
const caughtUp = async (...streams: OpenStream[]) => {
  const position = await settle({ river: node.river, db: fresh.db })
  await Promise.all(streams.map((stream) => stream.reach(position)))
}
const names = (stream: OpenStream) => stream.messages.map(({ name }) => name).filter((name) => name !== 'hello')

test('What changes appears with everybody who shows and sees it, and with nobody else', async () => {
  const [cleo, ben, elsewhere] = await Promise.all([watch('cleo', 'conversation'), watch('ben', 'conversation'), watch('cleo', 'person')])
  await write('Printer on fire')
  await caughtUp(cleo, ben, elsewhere)
  expect(cleo.messages.at(-1)).toEqual({
    id: 1,
    name: 'view',
    data: { kind: 'conversation', id: note, view: { id: note, words: 'Printer on fire' }, names: ['conversation.renamed'] },
  })
  expect([names(ben), names(elsewhere)]).toEqual([[], []])
})

test('Who no longer sees a thing is told that it is gone; who never saw it hears nothing', async () => {
  await write('For all', ['house', 'team:red'])
  const [cleo, ben] = await Promise.all([watch('cleo', 'conversation'), watch('ben', 'conversation')])
  await write('Still for all', ['house', 'team:red'])
  await write('For the red team', ['team:red'])
  await write('For the house', ['house'])
  await caughtUp(cleo, ben)
  expect(names(cleo)).toEqual(['view', 'gone', 'view'])
  expect(names(ben)).toEqual(['view', 'view', 'gone'])
  expect(JSON.stringify(ben.messages)).not.toContain('For the house')
})

test('After a restart nobody remembers who saw a thing: who does not see it now learns that something is stale, not what', async () => {
  await write('For all', ['house', 'team:red'])
  await node.stop()
  node = await startNode(fresh)
  const ben = await watch('ben', 'conversation')
  await write('For the house')
  await write('New, and never for Ben', ['house'], subject(102))
  await caughtUp(ben)
  expect(ben.messages.slice(1)).toEqual([{ id: 2, name: 'stale', data: { kind: 'conversation' } }])
})

test('A thing deleted for good is gone on every screen that showed it', async () => {
  await write('Delete me')
  const [byKind, byName] = await Promise.all([watch('cleo', 'conversation'), watch('cleo', `conversation:${note}`)])
  await write('Delete me now')
  await node.act(cast.ana, (ctx) => tear(ctx, note))
  await caughtUp(byKind, byName)
  expect(names(byKind)).toEqual(['view', 'gone'])
  expect(names(byName)).toEqual(['view', 'gone'])
})

test('A stream that comes back gets what changed since, once, as it is now', async () => {
  await write('One')
  await write('Two', ['house'], subject(102))
  await write('One again')
  await write('One at last')
  const stream = await watch('cleo', 'conversation', { 'last-event-id': '2' })
  expect(stream.messages.map(({ id, name }) => [id, name])).toEqual([
    [4, 'view'],
    [4, 'hello'],
  ])
  expect(stream.messages[0]?.data).toMatchObject({ view: { words: 'One at last' } })
})

test('A stream that missed more than a thousand events is told to fetch everything anew', async () => {
  for (let n = 0; n < 11; n++) {
    await node.act(cast.ana, async (ctx) => {
      for (let m = 0; m < 91; m++) ctx.record('conversation.renamed', { conversationId: note } as never)
    })
  }
  await settle({ river: node.river, db: fresh.db })
  const [long, short] = await Promise.all([
    watch('cleo', 'conversation', { 'last-event-id': '0' }),
    watch('cleo', 'conversation', { 'last-event-id': '1' }),
  ])
  expect(names(long)).toEqual(['reset'])
  expect(names(short)).toEqual(['stale'])
  const future = await watch('cleo', 'conversation', { 'last-event-id': '999999' })
  expect(names(future)).toEqual(['reset'])
})

test('Imported history and a rush of a hundred things and more tell screens to fetch once, instead of sending it all', async () => {
  const stream = await watch('cleo', 'conversation')
  await node.act(cast.ana, async (ctx) => {
    for (let n = 0; n < 30; n++) await pin(ctx, subject(200 + n), { words: 'Old', historic: true })
  })
  await caughtUp(stream)
  await node.act(cast.ana, async (ctx) => {
    for (let n = 0; n < 101; n++) await pin(ctx, subject(300 + n), { words: 'Many' })
  })
  await caughtUp(stream)
  expect(names(stream)).toEqual(['stale', 'stale'])
})

test('Things without a live view are told as bare facts to those who may know of them', async () => {
  const [cleo, ben] = await Promise.all([watch('cleo', 'conversation,person'), watch('ben', 'conversation,person')])
  await node.act(cast.ana, async (ctx) => ctx.record('person.deactivated', { personId: subject(7) } as never))
  await caughtUp(cleo, ben)
  expect(cleo.messages.at(-1)).toMatchObject({
    name: 'fact',
    data: { name: 'person.deactivated', subject: { kind: 'person', id: subject(7) } },
  })
  expect(names(ben)).toEqual([])
})

test('When somebody’s rights change, their open stream follows at once: other things are seen, or the stream ends', async () => {
  const ben = await watch('ben', 'conversation')
  await write('For the house')
  node.people.ben = { ...cast.ben, audience: ['house', 'team:red'] }
  await node.act(cast.ana, async (ctx) => ctx.record('person.changed', { personId: cast.ben.id, fields: ['functions'] } as never))
  await write('Now for Ben too')
  await caughtUp(ben)
  expect(names(ben)).toEqual(['stale', 'view'])
  node.people.ben = null
  await node.act(cast.ana, async (ctx) => ctx.record('person.changed', { personId: cast.ben.id, fields: ['functions'] } as never))
  await ben.ended
  expect(node.river.live.viewers()).toBe(0)
})

test('What is committed on one node is seen on another within half a second', async () => {
  const other = await startNode(fresh)
  const stream = await watch('cleo', 'conversation', {}, other)
  const since = performance.now()
  await write('From the other node')
  await stream.until(({ name }) => name === 'view')
  expect(performance.now() - since).toBeLessThan(500)
  await other.stop()
})

test('A client that does not read is cut off, and the others do not wait for it', async () => {
  const abort = new AbortController()
  const stuck = await fetch(`${node.address}/api/v1/events?watch=conversation`, {
    headers: { accept: 'text/event-stream', 'x-as': 'cleo' },
    signal: abort.signal,
  })
  expect(stuck.ok).toBe(true)
  const reads = await watch('cleo', 'conversation')
  expect(node.river.live.viewers()).toBe(2)
  for (let n = 0; n < 60 && node.river.live.viewers() === 2; n++) {
    await write(`${n}`.padEnd(200_000, 'x'))
    await caughtUp(reads)
  }
  expect(node.river.live.viewers()).toBe(1)
  abort.abort()
})

test('A stream asks for a known permission and known words', async () => {
  const answers = [
    fetch(`${node.address}/api/v1/events`, { headers: { accept: 'text/event-stream' } }),
    fetch(`${node.address}/api/v1/events?watch=everything`, { headers: { accept: 'text/event-stream', 'x-as': 'cleo' } }),
  ]
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([401, 422])
  node.people.cleo = { ...cast.cleo, permissions: new Set() }
  const forbidden = await fetch(`${node.address}/api/v1/events`, { headers: node.headers('cleo') })
  expect(forbidden.status).toBe(403)
})

/** A console that holds one note. */
const held: Held<string | null> = {
  kinds: ['conversation'],
  fetch: async () => (await fresh.pool.query('select words from notes where id = $1', [note])).rows[0]?.words ?? null,
  apply: (state, frame: Frame) =>
    frame.name === 'gone' ? null : frame.name === 'view' ? (frame.data.view as unknown as { words: string }).words : state,
}

test('The parity harness holds a console to what a fetch answers, and catches a change that is not told', async () => {
  const console = { address: node.address, headers: node.headers('cleo'), river: node.river, db: fresh.db }
  await write('Before')
  await verifyLive(console, held, () => write('After'))
  await verifyLive(console, held, () => node.act(cast.ana, (ctx) => tear(ctx, note)))
  const untold = verifyLive(console, held, () => fresh.pool.query(`insert into notes values ('${note}', 'Behind its back', '{house}')`))
  await expect(untold).rejects.toThrow('what is held with the frames applied')
})
