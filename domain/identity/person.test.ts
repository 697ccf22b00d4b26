import { expect, test } from 'vitest'
import type { Role } from '../../contract/permissions.ts'
import { changed, deactivated, differing, type Person, permissionsOf } from './person.ts'

const now = new Date('2026-11-21T12:00:00Z')
const person = (roles: Role[], more: Partial<Person> = {}): Person =>
  ({
    id: 'p',
    organisationId: 'o',
    organisationKind: 'in_house',
    name: 'Ana',
    roles,
    joinedAt: now,
    deactivatedAt: null,
    ...more,
  }) as Person

test('permissions are the union over roles', () => {
  const one = permissionsOf(['leader'])
  const both = permissionsOf(['leader', 'auditor'])
  expect(one.has('api_key.read')).toBe(false)
  expect(both.has('api_key.read') && both.has('person.invite')).toBe(true)
  expect(permissionsOf([]).size).toBe(0)
})

test('the last administrator keeps the role', () => {
  expect(() => changed(person(['administrator', 'responder']), { roles: ['responder'] }, 0)).toThrow('last administrator')
  expect(changed(person(['administrator']), { roles: ['responder'] }, 1).roles).toEqual(['responder'])
})

test('the last administrator is not shut out', () => {
  expect(() => deactivated(person(['administrator']), now, 0)).toThrow('last administrator')
  expect(deactivated(person(['administrator']), now, 1).deactivatedAt).toBe(now)
  expect(deactivated(person(['responder']), now, 0).deactivatedAt).toBe(now)
})

test('who never joined or is shut out already is no administrator to lose', () => {
  expect(changed(person(['administrator'], { joinedAt: null }), { roles: [] }, 0).roles).toEqual([])
  expect(changed(person(['administrator'], { deactivatedAt: now }), { roles: [] }, 0).roles).toEqual([])
})

test('an administrator belongs to the house', () => {
  expect(() => changed(person(['administrator']), { organisationKind: 'partner' }, 3)).toThrow('own organisation')
  expect(() => changed(person([], { organisationKind: 'supplier' }), { roles: ['administrator'] }, 3)).toThrow('own organisation')
})

test('shutting somebody out twice keeps the first time', () => {
  const once = deactivated(person([]), now, 1)
  expect(deactivated(once, new Date(now.getTime() + 1), 1)).toBe(once)
})

test('a change is told by the names of its fields', () => {
  expect(differing(person(['leader']), person(['leader'], { name: 'Bea' }))).toEqual(['name'])
  expect(differing(person(['leader']), person(['leader']))).toEqual([])
})
