import { type RawBuilder, sql } from 'kysely'
import type { Actor, OrganisationKind } from './context.ts'

/** Everybody in-house carries this key. */
export const houseKey = 'house'
export const teamKey = (teamId: string) => `team:${teamId}`
export const personKey = (personId: string) => `person:${personId}`

/** The keys a person carries: their own, their teams', and in-house the house's. */
export function keysOf(person: { id: string; organisationKind: OrganisationKind; teamIds: readonly string[] }): string[] {
  const own = [personKey(person.id), ...person.teamIds.map(teamKey)]
  return person.organisationKind === 'in_house' ? [houseKey, ...own] : own
}

/** The keys a row carries: open to the house unless its team is private; always open to its team and to those invited. */
export function keysFor(row: { team: { id: string; private: boolean } | null; invited?: readonly string[] }): string[] {
  const keys = (row.invited ?? []).map(personKey)
  if (row.team) keys.unshift(teamKey(row.team.id))
  if (!row.team?.private) keys.unshift(houseKey)
  return keys
}

/**
 * The one predicate that decides who sees what, for any table with an `audience text[]` column. List, search, timeline,
 * live stream, counts and export all use it; `alias` names the table in the query.
 */
export function visibleTo(actor: Actor, alias: string): RawBuilder<boolean> {
  if (actor.audience === null) return sql<boolean>`true`
  return sql<boolean>`${sql.ref(`${alias}.audience`)} && ${actor.audience}::text[]`
}

/** Whether somebody works for a partner or a supplier: they see what they were given, not what is everybody's. */
export const isOutsider = ({ organisation }: Actor): boolean => organisation !== undefined && organisation.kind !== 'in_house'

/** The same decision in memory, for views that are already built (the live stream). */
export function sees(actor: Actor, audience: readonly string[]): boolean {
  return actor.audience === null || audience.some((key) => actor.audience?.includes(key))
}
