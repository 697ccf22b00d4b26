import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ConversationId } from '../../../contract/conversations.ts'
import { mayFollow, mayJoin, type Side, threaded } from './thread.ts'

const [a, b, c] = ['a', 'b', 'c'] as ConversationId[] as [ConversationId, ConversationId, ConversationId]
const nowhere = new Set<ConversationId>()
const none = { signed: null, ancestors: [], awaited: [], atHome: nowhere, token: null }
const lying = (id: ConversationId) => ({ id, own: true })
const referred = (id: ConversationId) => ({ id, own: false })

test('a mail that refers to nothing starts a conversation', () => {
  expect(threaded(none)).toEqual({ into: null, by: null, same: [] })
})

test('an address we signed outranks references and the subject', () => {
  expect(threaded({ ...none, signed: a, ancestors: [lying(b)], token: c })).toMatchObject({ into: a, by: 'signed' })
})

test('the nearest ancestor decides, and the farther ones are the same thread', () => {
  expect(threaded({ ...none, ancestors: [lying(b), lying(a), lying(b)] })).toEqual({ into: b, by: 'reference', same: [a] })
})

test('a parent that arrives after its answer finds the answer, where its sender takes part', () => {
  expect(threaded({ ...none, awaited: [c], atHome: new Set([c]) })).toEqual({ into: c, by: 'awaited', same: [] })
})

test('who only refers to a mail leads nobody anywhere who takes no part there', () => {
  expect(threaded({ ...none, awaited: [c], ancestors: [referred(b)] })).toEqual({ into: null, by: null, same: [] })
  expect(threaded({ ...none, ancestors: [referred(b), lying(a)] })).toEqual({ into: a, by: 'reference', same: [b] })
  expect(threaded({ ...none, ancestors: [referred(b), lying(a)], atHome: new Set([b]) })).toMatchObject({ into: b })
  expect(threaded({ ...none, awaited: [c], token: a })).toMatchObject({ into: a, by: 'token', same: [] })
})

test('a mail between two known ends shows that they are one thread', () => {
  expect(threaded({ ...none, ancestors: [lying(a)], awaited: [b] })).toEqual({ into: a, by: 'reference', same: [b] })
})

test('a conversation is never the same as itself, and something known is never ignored', () => {
  const id = fc.constantFrom(a, b, c)
  const evidence = fc.record({
    signed: fc.option(id),
    ancestors: fc.array(fc.record({ id, own: fc.boolean() })),
    awaited: fc.array(id),
    atHome: fc.array(id).map((ids) => new Set(ids)),
    token: fc.option(id),
  })
  fc.assert(
    fc.property(evidence, (it) => {
      const { into, same } = threaded(it)
      const leads = it.ancestors.some((link) => link.own || it.atHome.has(link.id)) || it.awaited.some((awaited) => it.atHome.has(awaited))
      expect(into === null).toBe(!it.signed && !leads && !it.token)
      expect(same).not.toContain(into)
      expect(new Set(same).size).toBe(same.length)
    }),
  )
})

const side = (it: Partial<Side>): Side => ({
  id: a,
  teamId: null,
  historic: false,
  started: new Date(0),
  touched: false,
  deserted: false,
  ...it,
})
const known = { historic: false, takesPartInBoth: true }
const imported = { historic: true, takesPartInBoth: false }

test('two halves of a thread join when somebody who takes part in both connects them', () => {
  expect(mayJoin(side({ id: a }), side({ id: b }), known)).toBe(true)
})

test('ids in a header join nothing for a sender who does not take part in both', () => {
  expect(mayJoin(side({ id: a }), side({ id: b }), { ...known, takesPartInBoth: false })).toBe(false)
})

test('a conversation somebody works in does not disappear', () => {
  expect(mayJoin(side({ touched: true }), side({}), known)).toBe(false)
  expect(mayJoin(side({ touched: true, historic: true }), side({ historic: true }), imported)).toBe(false)
})

test('nothing flows to a team that did not see it', () => {
  expect(mayJoin(side({ teamId: 'payroll' }), side({}), known)).toBe(false)
  expect(mayJoin(side({}), side({ teamId: 'payroll' }), known)).toBe(false)
})

test('what waited for a mail follows it, unless somebody works in it or another team would see it', () => {
  expect(mayFollow(side({}), side({}))).toBe(true)
  expect(mayFollow(side({ touched: true }), side({}))).toBe(false)
  expect(mayFollow(side({ teamId: 'payroll' }), side({}))).toBe(false)
})

test('imported halves join whoever wrote them, and may take the team of the other', () => {
  expect(mayJoin(side({ historic: true }), side({ historic: true, teamId: 'desk' }), imported)).toBe(true)
  expect(mayJoin(side({ historic: true, teamId: 'payroll' }), side({ historic: true, teamId: 'desk' }), imported)).toBe(false)
})
