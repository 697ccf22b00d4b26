import { expect, test } from 'vitest'
import { type Before, looping, reopens, startingStatus, voiceOf } from './reception.ts'

const now = new Date('2026-11-21T12:00:00Z')
const fresh = { kind: null, historic: false, at: now }

test('a customer who writes again brings a closed conversation back', () => {
  expect(reopens(fresh, { status: 'closed', historic: false }, now)).toBe(true)
  expect(reopens(fresh, { status: 'snoozed', historic: false }, now)).toBe(true)
})

test('a vacation reply or a bounce wakes nothing', () => {
  expect(reopens({ ...fresh, kind: 'vacation' }, { status: 'closed', historic: false }, now)).toBe(false)
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
  expect(voiceOf({ kind: null, isParticipant: false, isOurs: false, historic: false }, false)).toEqual({
    kind: 'stranger',
    marks: ['stranger'],
  })
})

test('who takes part, and came by a number in the subject alone, is not proven', () => {
  const typed = { kind: null, isParticipant: true, isOurs: false, historic: false, typed: true }
  expect(voiceOf(typed, false)).toEqual({ kind: 'customer', marks: ['unproven_sender'] })
  expect(voiceOf({ ...typed, historic: true }, false)).toEqual({ kind: 'customer', marks: [] })
})

test("a colleague's address in From proves nothing, even where they were copied in", () => {
  expect(voiceOf({ kind: null, isParticipant: true, isOurs: true, historic: false }, false)).toEqual({
    kind: 'stranger',
    marks: ['unproven_colleague'],
  })
})

test('in mail an administrator imports, our addresses are us and everybody else is a customer', () => {
  expect(voiceOf({ kind: null, isParticipant: false, isOurs: true, historic: true }, true)).toEqual({ kind: 'person', marks: [] })
  expect(voiceOf({ kind: null, isParticipant: false, isOurs: false, historic: true }, false)).toEqual({ kind: 'customer', marks: [] })
})

test('the report of a mail server is the voice of no customer', () => {
  expect(voiceOf({ kind: 'bounce', isParticipant: false, isOurs: false, historic: false }, true)).toEqual({ kind: 'system', marks: [] })
})

test('an imported thread is open when its newest mail is recent, whichever came first', () => {
  const old = { kind: null, historic: true, at: new Date('2025-11-21') }
  const recent = { ...old, at: new Date('2026-11-15') }
  expect(reopens(recent, { status: 'closed', historic: true }, now)).toBe(true)
  expect(reopens(old, { status: 'closed', historic: true }, now)).toBe(false)
  expect(reopens(recent, { status: 'closed', historic: false }, now)).toBe(false)
})

const sent = { kind: null, subject: 'Order 7', bodyHash: 'words', isThreaded: false, sentAt: now }
const earlier: Before = { subject: 'Order 7', reason: null, bodyHash: 'words', conversationId: 'c', messageId: 'm', sentAt: now }
const before = (n: number, it: Partial<Before> = {}): Before[] => Array.from({ length: n }, () => ({ ...earlier, ...it }))

test('the same words six times in ten minutes are a loop, in a thread too', () => {
  expect(looping(sent, before(4))).toHaveLength(0)
  expect(looping(sent, before(5))).toHaveLength(5)
  expect(looping({ ...sent, isThreaded: true }, before(5))).toHaveLength(5)
})

test('a form that always has the same subject is no loop until it floods', () => {
  expect(looping(sent, before(19, { bodyHash: 'others' }))).toHaveLength(0)
  expect(looping(sent, before(20, { bodyHash: 'others', subject: 'Order 7' }))).toHaveLength(20)
})

test('several answers under one subject in one thread are a person in a hurry', () => {
  expect(looping({ ...sent, isThreaded: true }, before(30, { bodyHash: 'others' }))).toHaveLength(0)
})

test('mails written days apart that arrive together repeat nothing; without a date they may', () => {
  expect(looping(sent, before(30, { sentAt: new Date('2026-11-18') }))).toHaveLength(0)
  expect(looping(sent, before(30, { sentAt: null }))).toHaveLength(30)
})

test('machines that answer under changing subjects are a loop after five', () => {
  const notices = before(5, { bodyHash: 'others', subject: 'Another', reason: 'vacation' })
  expect(looping({ ...sent, kind: 'vacation' }, notices)).toHaveLength(5)
  expect(looping(sent, notices)).toHaveLength(0)
})
