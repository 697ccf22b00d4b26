import type { Permission } from '../../contract/permissions.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** What somebody has to give: an actor, seen as power. */
export type Power = { kind: string; permissions: ReadonlySet<Permission>; audience: readonly string[] | null }

/** What is being given: permissions, and rows (by their keys) that become visible. */
export type Gift = { permissions: ReadonlySet<Permission>; rows: readonly (readonly string[])[] }

/** Administrators and keys with their scope decide on everybody and on every team. */
export function decidesOnAll(power: Power): boolean {
  return power.kind === 'system' || power.permissions.has('person.update')
}

/** Nobody gives what they do not have, but for administrators, who give everybody their roles. Refuses `more_than_yours`. */
export function refuseMoreThanOnesOwn(power: Power, gift: Gift): void {
  if (decidesOnAll(power)) return
  const missing = [...gift.permissions].filter((it) => !power.permissions.has(it))
  const unseen = gift.rows.filter((keys) => !carriesOneOf(power, keys))
  if (missing.length === 0 && unseen.length === 0) return
  throw new Refusal('forbidden', 'more_than_yours', 'You cannot give more than you have yourself. Ask an administrator.', { missing })
}

function carriesOneOf(power: Power, keys: readonly string[]): boolean {
  return power.audience === null || keys.some((key) => power.audience?.includes(key))
}
