import type { InvitationId, PersonId, TeamId } from '../../contract/identity.ts'
import type { Role } from '../../contract/permissions.ts'
import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/id.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { openAccount } from './access/account.ts'
import { type Person, refuseStrangeAdministrator } from './person.ts'
import { insertMembership, insertPerson, lockPersonByEmail, type Organisation, savePerson } from './store.ts'

export type Joining = {
  name: string
  email: string
  passwordHash: string
  organisation: Organisation
  roles: readonly Role[]
  teamIds: readonly TeamId[]
  invitation: { id: InvitationId; createdAt: Date } | null
}

/** Makes a person who can sign in, out of somebody new or somebody who was only imported. Answers their id. */
export async function join(ctx: Context, it: Joining): Promise<PersonId> {
  const known = await lockPersonByEmail(ctx.tx, it.email)
  if (known?.authUserId) throw new Refusal('conflict', 'already_joined', 'Somebody with this address is here already. Sign in instead.')
  const person: Person = {
    ...(known ?? { ...blank, id: newId(ctx.now), email: it.email }),
    name: it.name,
    organisationId: it.organisation.id,
    organisationKind: it.organisation.kind,
    roles: it.roles,
    joinedAt: ctx.now,
    deactivatedAt: null,
    authUserId: await openAccount(ctx.tx, { ...it, now: ctx.now }),
  }
  refuseStrangeAdministrator(person)
  if (known) await savePerson(ctx.tx, person)
  else await insertPerson(ctx.tx, person, { invitedAt: it.invitation?.createdAt ?? null, now: ctx.now })
  ctx.record('person.joined', { personId: person.id, organisationId: it.organisation.id, invitationId: it.invitation?.id ?? null })
  for (const teamId of it.teamIds) {
    if (await insertMembership(ctx.tx, teamId, person.id, ctx.now)) ctx.record('membership.started', { teamId, personId: person.id })
  }
  return person.id
}

const blank = { functions: [], workplace: null, language: null, timeZone: null }
