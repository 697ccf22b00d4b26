import { expect, test } from 'vitest'
import { looping, reopens, startingStatus, voiceOf } from './reception.ts'

const now = new Date('2026-11-21T12:00:00Z')

test('a customer who writes again brings a closed conversation back', () => {
  expect(reopens({ kind: null, historic: false }, 'closed')).toBe(true)
  expect(reopens({ kind: null, historic: false }, 'snoozed')).toBe(true)
})

test('a vacation reply or a bounce wakes nothing', () => {
  expect(reopens({ kind: 'vacation', historic: false }, 'closed')).toBe(false)
  expect(startingStatus({ kind: 'bounce', historic: false, at: now }, now)).toBe('closed')
})

test('mail of a list or a system is mail: it waits for a person', () => {
  expect(startingStatus({ kind: 'list', historic: false, at: now }, now)).toBe('open')
})

test('imported mail of last year waits for nobody, of last week it does', () => {
  expect(startingStatus({ kind: null, historic: true, at: new Date('2025-11-21') }, now)).toBe('closed')
  expect(startingStatus({ kind: null, historic: true, at: new Date('2026-11-15') }, now)).toBe('open')
})

test('whoever replies into a thread without being named in it is a stranger', () => {
  expect(voiceOf({ isParticipant: false, isColleague: false, historic: false }, false)).toEqual({ kind: 'stranger', marks: ['stranger'] })
})

test("a colleague's address in From proves nothing, even where they were copied in", () => {
  expect(voiceOf({ isParticipant: true, isColleague: true, historic: false }, false)).toEqual({
    kind: 'stranger',
    marks: ['unproven_colleague'],
  })
})

test('the same words five times in ten minutes are a loop', () => {
  expect(looping(4)).toBe(false)
  expect(looping(5)).toBe(true)
})
