import type { Permission } from '../contract/permissions.ts'
import type { Actor } from './context.ts'
import { Refusal } from './refusal.ts'

/** Whether the actor may do this at all; which rows they may do it to is `visibleTo`'s matter. */
export function may(actor: Actor, permission: Permission): boolean {
  return actor.kind === 'system' || actor.permissions.has(permission)
}

/** The first line of each verb. Refuses `forbidden` when the actor lacks the permission. */
export function permit(ctx: { actor: Actor }, permission: Permission): void {
  if (may(ctx.actor, permission)) return
  throw new Refusal('forbidden', 'not_permitted', 'You are not allowed to do this. Ask an administrator of this Sinew.', { permission })
}
