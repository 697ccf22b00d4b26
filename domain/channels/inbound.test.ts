import { expect, test } from 'vitest'
import { nextTry } from './inbound.ts'

const now = new Date('2026-11-21T12:00:00Z')

test('a mail that could not be recorded is tried again, each time later', () => {
  expect(nextTry(1, now)).toEqual(new Date('2026-11-21T12:01:00Z'))
  expect(nextTry(3, now)).toEqual(new Date('2026-11-21T12:09:00Z'))
})

test('after five tries a person has to look', () => {
  expect(nextTry(5, now)).toBe(null)
})
