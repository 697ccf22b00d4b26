import { expect, test } from 'vitest'
import type { ConversationId } from '../../contract/conversations.ts'
import { type Conversation, closed, moved, refuseMerged, reopened, snoozed, tagged, withFields } from './conversation.ts'

const now = new Date('2026-11-21T12:00:00Z')
const earlier = new Date('2026-11-20T12:00:00Z')
const tomorrow = new Date('2026-11-22T09:00:00Z')
const open: Conversation = {
  id: '018f2a00-0000-7000-8000-000000000001' as ConversationId,
  number: 1,
  subject: 'Refund',
  status: 'open',
  statusSince: earlier,
  snoozedUntil: null,
  customerId: null,
  ownerId: null,
  teamId: null,
  purpose: null,
  kind: null,
  fields: {},
  tags: [],
  audience: ['house'],
  mergedInto: null,
}

test('an open conversation sleeps until the chosen time', () => {
  expect(snoozed(open, tomorrow, now)).toMatchObject({ status: 'snoozed', snoozedUntil: tomorrow, statusSince: now })
})

test('a closed conversation refuses to sleep', () => {
  expect(() => snoozed(closed(open, now), tomorrow, now)).toThrow('Reopen')
})

test('nobody sleeps until yesterday', () => {
  expect(() => snoozed(open, now, now)).toThrow('future')
})

test('closing a sleeping conversation forgets when it would have woken', () => {
  expect(closed(snoozed(open, tomorrow, earlier), now)).toMatchObject({ status: 'closed', snoozedUntil: null, statusSince: now })
})

test('closing twice keeps the time of the first', () => {
  expect(closed(closed(open, earlier), now).statusSince).toEqual(earlier)
})

test('reopening an open conversation changes nothing', () => {
  expect(reopened(open, now)).toEqual(open)
})

test('tags are kept once and in order', () => {
  expect(tagged(open, ['vat', ' refund', 'vat']).tags).toEqual(['refund', 'vat'])
})

test('a field set to null is gone, the others stay', () => {
  expect(withFields({ ...open, fields: { order: 'A1', till: '5.2' } }, { order: null, shop: 3 }).fields).toEqual({ till: '5.2', shop: 3 })
})

test('its team decides who sees a conversation', () => {
  expect(moved(open, { id: 't', audience: ['team:t'] })).toMatchObject({ teamId: 't', audience: ['team:t'] })
})

test('a merged conversation refuses changes and names the survivor', () => {
  expect(() => refuseMerged({ ...open, mergedInto: open.id })).toThrow('merged')
})
