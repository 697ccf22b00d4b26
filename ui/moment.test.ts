import { expect, test } from 'vitest'
import { messageMoment, shortMoment } from './moment.ts'
import { initials } from './person-avatar.tsx'

const now = new Date(2026, 2, 12, 15, 30)

test('a moment of today is a time of day', () => {
  expect(shortMoment(new Date(2026, 2, 12, 9, 2), now, 'en-GB')).toBe('09:02')
})

test('a moment of this week is a day, and late yesterday is not today', () => {
  expect(shortMoment(new Date(2026, 2, 9, 9, 2), now, 'en-GB')).toBe('Mon')
  expect(shortMoment(new Date(2026, 2, 11, 23, 59), now, 'en-GB')).toBe('Wed')
})

test('the same weekday last week is a date, so that Thursday always means this one', () => {
  expect(shortMoment(new Date(2026, 2, 5, 15, 30), now, 'en-GB')).toBe('5 Mar')
  expect(shortMoment(new Date(2025, 2, 5, 15, 30), now, 'en-GB')).toBe('5 Mar 2025')
})

test('a message keeps its time of day, whatever the day', () => {
  expect(messageMoment(new Date(2026, 2, 9, 9, 2), now, 'en-GB')).toBe('Mon 09:02')
  expect(messageMoment(new Date(2026, 2, 12, 9, 2), now, 'en-GB')).toBe('09:02')
})

test('midnight is 00:00', () => {
  expect(shortMoment(new Date(2026, 2, 12, 0, 0), now, 'en-US')).toBe('00:00')
})

test('initials come from names and from addresses in any script', () => {
  expect(initials('Elena Marchetti')).toBe('EM')
  expect(initials('Maria-Magdalena von Hohenberg')).toBe('MH')
  expect(initials('rowan.bell@example.org')).toBe('RB')
  expect(initials('سلمى منصور')).toBe('سم')
  expect(initials('“Harbour” Café')).toBe('HC')
  expect(initials('')).toBe('?')
})
