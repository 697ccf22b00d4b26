import { expect, test } from 'vitest'
import { inAWeek, laterToday, mondayMorning, tomorrowMorning } from './snooze.ts'

const thursday = new Date(2026, 2, 12, 10, 20)

test('later today is three hours on, and is not offered in the evening', () => {
  expect(laterToday(thursday)).toEqual(new Date(2026, 2, 12, 13))
  expect(laterToday(new Date(2026, 2, 12, 17))).toBeNull()
  expect(laterToday(new Date(2026, 2, 12, 22))).toBeNull()
})

test('tomorrow is nine in the morning, also over the end of a month', () => {
  expect(tomorrowMorning(new Date(2026, 2, 31, 23))).toEqual(new Date(2026, 3, 1, 9))
})

test('Monday is always ahead', () => {
  expect(mondayMorning(thursday)).toEqual(new Date(2026, 2, 16, 9))
  expect(mondayMorning(new Date(2026, 2, 15, 8))).toEqual(new Date(2026, 2, 16, 9))
  expect(mondayMorning(new Date(2026, 2, 16, 8))).toEqual(new Date(2026, 2, 23, 9))
})

test('in a week is the same weekday', () => {
  expect(inAWeek(thursday).getDay()).toBe(thursday.getDay())
})
