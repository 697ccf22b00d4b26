import type { SubjectKind } from '../../contract/event.ts'
import type { Actor } from '../../kernel/context.ts'
import { personKey, teamKey } from '../../kernel/visibility.ts'
import type { Happening } from './tail.ts'

const deciding: ReadonlySet<SubjectKind> = new Set<SubjectKind>(['person', 'team', 'organisation', 'api_key'])

/** Everything named by events that may change what somebody may do or see. */
export function namedByRights(events: readonly Happening[]): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const { subject, data } of events) {
    if (!deciding.has(subject.kind)) continue
    ids.add(subject.id)
    for (const value of Object.values(data as object).flat()) if (typeof value === 'string') ids.add(value)
  }
  return ids
}

/** Whether such events may concern this actor: it, its team, its organisation or a team whose key it carries is named. */
export function concerns(ids: ReadonlySet<string>, actor: Actor): boolean {
  if (ids.size === 0) return false
  if ([actor.id, actor.team, actor.organisation?.id].some((id) => id !== undefined && ids.has(id))) return true
  return [...ids].some((id) => actor.audience?.includes(teamKey(id)) || actor.audience?.includes(personKey(id)))
}

/** Whether an actor asked for again may and sees the same as before. */
export function sameRights(one: Actor, other: Actor): boolean {
  const audience = (actor: Actor) => JSON.stringify(actor.audience && [...actor.audience].sort())
  const permissions = (actor: Actor) => [...actor.permissions].sort().join()
  return audience(one) === audience(other) && permissions(one) === permissions(other)
}
