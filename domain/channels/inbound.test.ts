import { expect, test } from 'vitest'
import { type InboundMessage, nextTry, takenUp } from './inbound.ts'

const now = new Date('2026-11-21T12:00:00Z')

test('a mail that could not be recorded is tried again, each time later', () => {
  expect(nextTry(1, now)).toEqual(new Date('2026-11-21T12:01:00Z'))
  expect(nextTry(3, now)).toEqual(new Date('2026-11-21T12:09:00Z'))
})

test('after five tries a person has to look', () => {
  expect(nextTry(5, now)).toBe(null)
})

const waiting = (it: Partial<InboundMessage>) => ({ state: 'unprocessed', attempts: 1, retryAt: now, ...it }) as InboundMessage

test('a try is counted before it is made, and given up when five were begun', () => {
  expect(takenUp(waiting({}), now)).toEqual({ attempts: 2, retryAt: new Date('2026-11-21T12:04:00Z') })
  expect(takenUp(waiting({ attempts: 4 }), now)).toEqual({ attempts: 5, retryAt: new Date('2026-11-21T12:01:00Z') })
  expect(takenUp(waiting({ attempts: 5 }), now)).toBe('given_up')
})

test('what somebody is at, what is done and what a person retries is not counted', () => {
  const soon = new Date(now.getTime() + 1)
  for (const it of [{ retryAt: soon, attempts: 5 }, { state: 'processed' as const }, { state: 'quarantined' as const, retryAt: null }])
    expect(takenUp(waiting(it), now)).toBe(null)
})
