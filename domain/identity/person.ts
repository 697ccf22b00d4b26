import type { OrganisationId, PersonId } from '../../contract/identity.ts'
import { granted, type Permission, type Role } from '../../contract/permissions.ts'
import { Refusal } from '../../kernel/refusal.ts'

export type Person = {
  id: PersonId
  organisationId: OrganisationId
  organisationKind: 'in_house' | 'partner' | 'supplier'
  name: string
  email: string
  functions: readonly string[]
  roles: readonly Role[]
  workplace: string | null
  language: string | null
  timeZone: string | null
  authUserId: string | null
  joinedAt: Date | null
  deactivatedAt: Date | null
}

/** What a person may do: the union of what their roles may. */
export function permissionsOf(roles: readonly Role[]): Set<Permission> {
  return new Set(roles.flatMap((role) => granted[role]))
}

/** Whether this person keeps the instance governable: can sign in and is an administrator. */
export function governs(person: Pick<Person, 'roles' | 'joinedAt' | 'deactivatedAt'>): boolean {
  return person.roles.includes('administrator') && person.joinedAt !== null && person.deactivatedAt === null
}

/** Administrators belong to the house: a partner's administrator would see less than they govern. */
export function refuseStrangeAdministrator(person: Pick<Person, 'roles' | 'organisationKind'>): void {
  if (!person.roles.includes('administrator') || person.organisationKind === 'in_house') return
  throw new Refusal('invalid', 'administrator_not_in_house', 'An administrator belongs to your own organisation.')
}

/** The person with these changes. `otherAdministrators`: how many would still govern if this person stopped. */
export function changed(person: Person, change: Partial<Person>, otherAdministrators: number): Person {
  const after = { ...person, ...change }
  refuseStrangeAdministrator(after)
  refuseLastAdministratorGone(person, after, otherAdministrators)
  return after
}

export function deactivated(person: Person, now: Date, otherAdministrators: number): Person {
  if (person.deactivatedAt) return person
  const after = { ...person, deactivatedAt: now }
  refuseLastAdministratorGone(person, after, otherAdministrators)
  return after
}

function refuseLastAdministratorGone(before: Person, after: Person, others: number): void {
  if (!governs(before) || governs(after) || others > 0) return
  throw new Refusal('conflict', 'last_administrator', 'This is the last administrator. Make somebody else administrator first.')
}

/** Which of the fields differ, by name. */
export function differing<T extends object>(before: T, after: T): (keyof T & string)[] {
  const fields = Object.keys(after) as (keyof T & string)[]
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
}

/** Those of the fields an event may tell of. */
export const named = <T extends string>(fields: readonly string[], known: readonly T[]): T[] => known.filter((it) => fields.includes(it))
