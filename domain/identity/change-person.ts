import { type OrganisationId, PersonField } from '../../contract/identity.ts'
import type { Role } from '../../contract/permissions.ts'
import type { Context } from '../../kernel/context.ts'
import { permit } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { endSessions, renameAccount } from './access/account.ts'
import { changed, deactivated, differing, named, type Person, permissionsOf } from './person.ts'
import { refuseMoreThanOnesOwn } from './power.ts'
import { lockOrganisation, lockOtherAdministrators, lockPerson, savePerson } from './store.ts'

type Change = {
  name?: string | undefined
  email?: string | undefined
  functions?: string[] | undefined
  roles?: Role[] | undefined
  organisationId?: OrganisationId | undefined
  workplace?: string | null | undefined
}

/** Changes what administrators decide about a person: above all their roles and organisation. */
export async function changePerson(ctx: Context, id: string, { organisationId, ...change }: Change): Promise<void> {
  permit(ctx, 'person.update')
  const others = await lockOtherAdministrators(ctx.tx, id)
  const before = await lockPerson(ctx.tx, ctx.actor, id)
  const organisation = organisationId && (await lockOrganisation(ctx.tx, organisationId))
  const moved = organisation ? { organisationId: organisation.id, organisationKind: organisation.kind } : {}
  const roles = change.roles && [...new Set(change.roles)]
  const after = changed(before, given({ ...change, roles, ...moved }), others)
  refuseMoreThanOnesOwn(ctx.actor, { permissions: permissionsOf(after.roles), rows: [] })
  await save(ctx, before, after)
}

type OwnChange = {
  name?: string | undefined
  functions?: string[] | undefined
  workplace?: string | null | undefined
  language?: string | null | undefined
  timeZone?: string | null | undefined
}

/** Changes what is one's own to say. */
export async function changeMe(ctx: Context, change: OwnChange): Promise<string> {
  const id = personOf(ctx)
  const before = await lockPerson(ctx.tx, ctx.actor, id)
  await save(ctx, before, { ...before, ...given(change) })
  return id
}

/** The asking person's id. Refuses keys: what is asked for belongs to people only. */
export function personOf({ actor }: Pick<Context, 'actor'>): string {
  if (actor.kind === 'person') return actor.id
  throw new Refusal('forbidden', 'people_only', 'This belongs to a signed-in person; an API key has none.')
}

/** Shuts a person out. Their sessions end in the same transaction. */
export async function deactivatePerson(ctx: Context, id: string): Promise<void> {
  permit(ctx, 'person.update')
  const others = await lockOtherAdministrators(ctx.tx, id)
  const before = await lockPerson(ctx.tx, ctx.actor, id)
  const after = deactivated(before, ctx.now, others)
  if (after === before) return
  await savePerson(ctx.tx, after)
  if (after.authUserId) await endSessions(ctx.tx, after.authUserId)
  ctx.record('person.deactivated', { personId: after.id })
}

/** Lets a person in again, with the roles and teams they had. */
export async function reactivatePerson(ctx: Context, id: string): Promise<void> {
  permit(ctx, 'person.update')
  const before = await lockPerson(ctx.tx, ctx.actor, id)
  if (!before.deactivatedAt) return
  refuseMoreThanOnesOwn(ctx.actor, { permissions: permissionsOf(before.roles), rows: [] })
  await savePerson(ctx.tx, { ...before, deactivatedAt: null })
  ctx.record('person.reactivated', { personId: before.id })
}

async function save(ctx: Context, before: Person, after: Person): Promise<void> {
  const fields = differing(before, after)
  if (fields.length === 0) return
  await savePerson(ctx.tx, after)
  if (after.authUserId && (fields.includes('email') || fields.includes('name'))) await renameAccount(ctx.tx, after.authUserId, after)
  const told = named(fields, PersonField.options)
  if (told.length > 0) ctx.record('person.changed', { personId: after.id, fields: told })
  if (fields.includes('roles')) ctx.record('person.roles_changed', { personId: after.id, roles: [...after.roles] })
}

// What was not asked for stays as it is.
function given<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as never
}
