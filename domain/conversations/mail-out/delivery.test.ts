import { expect, test } from 'vitest'
import { type Delivery, reported, retried, sendingTime, tried } from './delivery.ts'

const now = new Date('2026-11-21T12:00:00Z')
const to = (...addresses: string[]): Delivery => ({
  state: 'queued',
  dueAt: now,
  tries: 0,
  recipients: addresses.map((address) => ({ address, state: 'waiting', said: null })),
})
const taken = (...accepted: string[]) => ({ accepted, refused: [] })
const refused = (address: string, forGood: boolean) => ({ accepted: [], refused: [{ address, said: `about ${address}`, forGood }] })
const failedFor = (address: string) => ({ address, action: 'failed', status: '5.1.1', diagnostic: '550 5.1.1 unknown' })

test('a reply goes out after ten seconds, or later when asked, and never bears a date that has passed', () => {
  expect(sendingTime(undefined, now)).toEqual(new Date('2026-11-21T12:00:10Z'))
  expect(sendingTime('2026-11-23T08:00:00Z', now)).toEqual(new Date('2026-11-23T08:00:00Z'))
  expect(sendingTime('2020-01-01T00:00:00Z', now)).toEqual(now)
})

test('a mail that every recipient’s server took is sent', () => {
  expect(tried(to('a@x', 'b@x'), taken('a@x', 'b@x'), now)).toMatchObject({ state: 'sent', dueAt: null, tries: 1 })
})

test('it is tried again after 1 and 5 minutes, half an hour, 2, 6, 12 and 24 hours, and then it has failed', () => {
  const pauses: unknown[] = []
  let it = to('a@x')
  while (it.state === 'queued') {
    it = tried(it, refused('a@x', false), now)
    pauses.push(it.dueAt === null ? it.state : (it.dueAt.getTime() - now.getTime()) / 60_000)
  }
  expect(pauses).toEqual([1, 5, 30, 120, 360, 720, 1440, 'failed'])
  expect(it.recipients[0]).toMatchObject({ state: 'refused', said: 'about a@x' })
})

test('who was refused for good is not asked again, and the mail has failed', () => {
  expect(tried(to('a@x'), refused('a@x', true), now)).toMatchObject({ state: 'failed', dueAt: null })
})

test('who got it does not get it twice: only the others are tried again', () => {
  const first = tried(to('a@x', 'b@x'), { ...refused('b@x', false), accepted: ['a@x'] }, now)
  expect(first.state).toBe('queued')
  expect(first.recipients.map((it) => it.state)).toEqual(['accepted', 'waiting'])
  expect(tried(first, taken('b@x'), now).state).toBe('sent')
  expect(tried(first, refused('b@x', true), now).state).toBe('failed')
})

test('one click tries those it did not reach, at once and with all patience', () => {
  const failed = tried(to('a@x', 'b@x'), { ...refused('b@x', true), accepted: ['a@x'] }, now)
  const again = retried(failed, now)
  expect(again).toMatchObject({ state: 'queued', dueAt: now, tries: 0 })
  expect(again.recipients.map((it) => it.state)).toEqual(['accepted', 'waiting'])
  expect(retried(tried(to('a@x'), refused('a@x', false), now), now)).toMatchObject({ state: 'queued', dueAt: now })
})

test('what is on its way or went out has nothing to be sent again', () => {
  expect(() => retried(to('a@x'), now)).toThrow('on its way')
  expect(() => retried(tried(to('a@x'), taken('a@x'), now), now)).toThrow('went out')
})

test('a report of a failed delivery makes it bounced, with what the server said', () => {
  const sent = tried(to('a@x', 'b@x'), taken('a@x', 'b@x'), now)
  const after = reported(sent, [failedFor('A@X')])
  expect(after.state).toBe('bounced')
  expect(after.recipients).toMatchObject([{ state: 'bounced', said: '550 5.1.1 unknown' }, { state: 'accepted' }])
  expect(retried(after, now).state).toBe('queued')
})

test('a report about another address counts where there is only one recipient', () => {
  expect(reported(tried(to('a@x'), taken('a@x'), now), [failedFor('real@y')]).state).toBe('bounced')
  const two = tried(to('a@x', 'b@x'), taken('a@x', 'b@x'), now)
  expect(reported(two, [failedFor('real@y')])).toBe(two)
})

test('it is delivered only when all reports say so', () => {
  const sent = tried(to('a@x', 'b@x'), taken('a@x', 'b@x'), now)
  const delivered = (address: string) => ({ address, action: 'delivered', status: '2.0.0', diagnostic: '' })
  const one = reported(sent, [delivered('a@x')])
  expect(one.state).toBe('sent')
  expect(reported(one, [delivered('b@x')]).state).toBe('delivered')
})

test('a delay, or a report about what never went out, changes nothing', () => {
  const sent = tried(to('a@x'), taken('a@x'), now)
  expect(reported(sent, [{ ...failedFor('a@x'), action: 'delayed' }])).toBe(sent)
  const queued = to('a@x')
  expect(reported(queued, [failedFor('a@x')])).toBe(queued)
})
