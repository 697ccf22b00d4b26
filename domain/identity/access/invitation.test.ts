import { expect, test } from 'vitest'
import { accepted, type Invitation, lasting, resent, revoked, stateOf } from './invitation.ts'

const made = new Date('2026-11-21T12:00:00Z')
const after = (milliseconds: number) => new Date(made.getTime() + milliseconds)
const invitation = { createdAt: made, expiresAt: after(lasting), usedAt: null, revokedAt: null } as Invitation

test('an invitation is open for seven days, to the millisecond', () => {
  expect(stateOf(invitation, after(7 * 86_400_000 - 1))).toBe('open')
  expect(stateOf(invitation, after(7 * 86_400_000))).toBe('expired')
})

test('only an open invitation is accepted, and once', () => {
  const used = accepted(invitation, after(1))
  expect(used.usedAt).toEqual(after(1))
  expect(() => accepted(used, after(2))).toThrow('was used already')
  expect(() => accepted(revoked(invitation, after(1)), after(2))).toThrow('was taken back')
  expect(() => accepted(invitation, after(lasting))).toThrow('has expired')
})

test('sending again opens an expired invitation for seven more days', () => {
  const again = resent(invitation, after(lasting + 5))
  expect(again.expiresAt).toEqual(after(2 * lasting + 5))
  expect(() => resent(accepted(invitation, made), made)).toThrow('accepted already')
  expect(() => resent(revoked(invitation, made), made)).toThrow('taken back')
})

test('an accepted invitation cannot be taken back, a revoked one stays as it is', () => {
  expect(() => revoked(accepted(invitation, made), made)).toThrow('Deactivate the person')
  const once = revoked(invitation, made)
  expect(revoked(once, after(9))).toBe(once)
})
