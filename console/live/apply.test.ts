import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ConversationItem, ConversationView } from '../../contract/conversations.ts'
import type { Frame } from '../../contract/stream.ts'
import { apply, belongs, type ListPage, type ListQuery, type LiveState } from './apply.ts'

const me = 'person-1'
const viewer = { personId: me, teamIds: ['team-1'] }

type Row = { id: string; status: ConversationItem['status']; mine: boolean; minute: number }

const at = (minute: number) => `2026-03-01T10:0${minute}:00.000Z`

/** A conversation as the list answers it to somebody who saw everything up to 10:05. */
function itemOf({ id, status, mine, minute }: Row): ConversationItem {
  const item = {
    id,
    status,
    owner: mine ? { id: me, name: 'Ana', organisation: null } : null,
    team: null,
    customer: null,
    tags: [],
    lastMessage: { at: at(minute), direction: 'in', snippet: '', from: '' },
    createdAt: at(0),
    lastInboundAt: at(minute),
    seenAt: at(5),
    unread: minute > 5,
  }
  return item as unknown as ConversationItem
}

function frameOf(row: Row, deleted: boolean): Extract<Frame, { name: 'view' | 'gone' }> {
  const { seenAt: _seen, unread: _unread, ...view } = itemOf(row)
  const thing = { kind: 'conversation' as const, id: row.id }
  return deleted ? { name: 'gone', data: thing } : { name: 'view', data: { ...thing, view, names: ['conversation.renamed'] } }
}

/** The first pages of a list as the server answers them. */
function fetched(rows: ReadonlyMap<string, Row>, query: ListQuery, sizes: readonly number[]): ListPage[] {
  const sign = query.sort === 'oldest' ? -1 : 1
  const all = [...rows.values()]
    .map(itemOf)
    .filter((it) => belongs(it, query, viewer))
    .toSorted((a, b) => sign * (Date.parse(b.lastMessage!.at) - Date.parse(a.lastMessage!.at) || (b.id > a.id ? 1 : -1)))
  let from = 0
  return sizes.map((size) => {
    const items = all.slice(from, from + size)
    from += size
    return { items, next: from < all.length ? String(from) : null }
  })
}

const statuses = ['open', 'waiting', 'closed'] as const
const row = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
  status: fc.constantFrom(...statuses),
  mine: fc.boolean(),
  minute: fc.integer({ min: 1, max: 9 }),
})
const happening = fc.record({ row, deleted: fc.boolean() })
const query = fc.record({ view: fc.constantFrom('mine', 'unassigned', 'open', 'all'), sort: fc.constantFrom('newest', 'oldest') })

/** Runs what happens against a state; checks the lists after each step. */
function run(before: readonly Row[], happenings: readonly { row: Row; deleted: boolean }[], held: { query: ListQuery; sizes: number[] }) {
  const server = new Map(before.map((it) => [it.id, it]))
  let state: LiveState = { viewer, lists: [{ query: held.query, pages: fetched(server, held.query, held.sizes) }], conversations: {} }
  for (const { row: it, deleted } of happenings) {
    if (deleted) server.delete(it.id)
    else server.set(it.id, it)
    state = apply(state, frameOf(it, deleted))
    const items = state.lists[0]!.pages.flatMap((page) => page.items)
    const [all] = fetched(server, held.query, [100])
    expect(items.map(({ id }) => id)).toEqual(all!.items.slice(0, items.length).map(({ id }) => id))
    if (state.lists[0]!.pages.at(-1)!.next === null) expect(items).toHaveLength(all!.items.length)
  }
}

test('Whatever happens, what a list holds is the beginning of what the server would answer', () => {
  fc.assert(
    fc.property(fc.array(row), fc.array(happening), query, (before, happenings, asked) =>
      run(before, happenings, { query: asked, sizes: [2, 2] }),
    ),
    { numRuns: 1000 },
  )
})

test('A list that fits on its pages stays whole', () => {
  fc.assert(
    fc.property(fc.array(row), fc.array(happening), query, (before, happenings, asked) =>
      run(before, happenings, { query: asked, sizes: [50] }),
    ),
  )
})

test('What I have seen is mine: unread follows from it when a live view comes', () => {
  const pages = [{ items: [itemOf({ id: 'a', status: 'open', mine: true, minute: 3 })], next: null }]
  const state: LiveState = { viewer, lists: [{ query: { view: 'mine' }, pages }], conversations: {} }
  const after = apply(state, frameOf({ id: 'a', status: 'open', mine: true, minute: 7 }, false))
  expect(after.lists[0]!.pages[0]!.items[0]).toMatchObject({ unread: true, seenAt: at(5), lastInboundAt: at(7) })
})

test('An opened conversation takes the live view and keeps what only it holds; a list that is not concerned stays the same', () => {
  const opened = { ...itemOf({ id: 'a', status: 'open', mine: true, minute: 3 }), can: ['close'] } as unknown as ConversationView
  const closed = { query: { view: 'closed' } as const, pages: [{ items: [], next: null }] }
  const state: LiveState = { viewer, lists: [closed], conversations: { a: opened } }
  const after = apply(state, frameOf({ id: 'a', status: 'waiting', mine: true, minute: 3 }, false))
  expect(after.conversations.a).toMatchObject({ status: 'waiting', can: ['close'] })
  expect(after.lists[0]).toBe(closed)
  expect(apply(after, frameOf({ id: 'a', status: 'waiting', mine: true, minute: 3 }, true)).conversations).toEqual({})
})
