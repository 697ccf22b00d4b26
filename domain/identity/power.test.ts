import { expect, test } from 'vitest'
import type { Role } from '../../contract/permissions.ts'
import { permissionsOf } from './person.ts'
import { refuseMoreThanOnesOwn } from './power.ts'
import { mayLead, refuseArchived, refuseStranger, type Team } from './team.ts'

const somebody = (role: Role, audience: string[] = ['house']) => ({ kind: 'person', permissions: permissionsOf([role]), audience })
const giving = (role: Role, rows: string[][] = []) => ({ permissions: permissionsOf([role]), rows })

test('a leader gives what a leader has, and no more', () => {
  expect(() => refuseMoreThanOnesOwn(somebody('leader'), giving('responder'))).not.toThrow()
  expect(() => refuseMoreThanOnesOwn(somebody('leader'), giving('leader'))).not.toThrow()
  expect(() => refuseMoreThanOnesOwn(somebody('leader'), giving('administrator'))).toThrow('more than you have')
  expect(() => refuseMoreThanOnesOwn(somebody('leader'), giving('auditor'))).toThrow('more than you have')
})

test('an administrator gives any role, also one that may what administrators may not', () => {
  expect(() => refuseMoreThanOnesOwn(somebody('administrator'), giving('auditor', [['team:payroll']]))).not.toThrow()
})

test('nobody outside the house lets people into the house', () => {
  const partner = somebody('leader', ['person:1', 'team:repairs'])
  expect(() => refuseMoreThanOnesOwn(partner, giving('responder', [['house']]))).toThrow('more than you have')
  expect(() => refuseMoreThanOnesOwn(partner, giving('responder', [['house', 'team:repairs']]))).not.toThrow()
})

test('a private team is opened to others by its members and administrators only', () => {
  const payroll = { id: 'payroll', private: true, archivedAt: null } as Team
  expect(mayLead(somebody('leader'), payroll, false)).toBe(false)
  expect(mayLead(somebody('leader'), payroll, true)).toBe(true)
  expect(mayLead(somebody('administrator'), payroll, false)).toBe(true)
  expect(mayLead(somebody('leader'), { ...payroll, private: false }, false)).toBe(true)
  expect(() => refuseStranger(somebody('leader'), payroll)).toThrow('private')
  expect(() => refuseStranger(somebody('leader', ['house', 'team:payroll']), payroll)).not.toThrow()
})

test('the product itself is held back by nothing', () => {
  const system = { kind: 'system', permissions: new Set<never>(), audience: null }
  expect(() => refuseMoreThanOnesOwn(system, giving('administrator', [['team:payroll']]))).not.toThrow()
})

test('an archived team takes nobody in', () => {
  expect(() => refuseArchived({ archivedAt: new Date() } as Team)).toThrow('archived')
  expect(() => refuseArchived({ archivedAt: null } as Team)).not.toThrow()
})
