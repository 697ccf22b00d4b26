import type { InvitationId, OrganisationId, TeamId } from '../../../contract/identity.ts'
import type { Role } from '../../../contract/permissions.ts'
import type { Context } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import { permit } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { houseKey, keysFor, sees } from '../../../kernel/visibility.ts'
import { permissionsOf, refuseStrangeAdministrator } from '../person.ts'
import { refuseMoreThanOnesOwn } from '../power.ts'
import { getHouse, lockOrganisation, lockPersonByEmail, lockTeam, type Organisation } from '../store.ts'
import { refuseArchived, type Team } from '../team.ts'
import { type Invitation, lasting, resent, revoked } from './invitation.ts'
import { insertInvitation, lockInvitation, lockInvitationByEmail, saveInvitation } from './store.ts'
import { newToken, sha256 } from './token.ts'

type Inviting = { email: string; name?: string | undefined; organisationId?: OrganisationId | undefined; roles: Role[]; teamIds: TeamId[] }
type Sent = { id: InvitationId; link: string }

/** Invites somebody by a link that lasts seven days. Nobody can invite with more power than they have. */
export async function invite(ctx: Context, it: Inviting): Promise<Sent> {
  permit(ctx, 'person.invite')
  const known = await lockPersonByEmail(ctx.tx, it.email)
  if (known?.authUserId) throw new Refusal('conflict', 'already_joined', 'Somebody with this address is here already.')
  await clearExpired(ctx, it.email)
  const organisation = it.organisationId ? await lockOrganisation(ctx.tx, it.organisationId) : await getHouse(ctx.tx, ctx.now)
  const invitation: Invitation = {
    id: newId(ctx.now),
    email: it.email,
    name: it.name ?? null,
    organisationId: organisation.id,
    roles: it.roles,
    teamIds: [...new Set(it.teamIds)],
    createdAt: ctx.now,
    expiresAt: new Date(ctx.now.getTime() + lasting),
    usedAt: null,
    revokedAt: null,
  }
  const teams = await refuseTooPowerful(ctx, invitation, organisation)
  teams.forEach(refuseArchived)
  const token = newToken()
  await insertInvitation(ctx.tx, invitation, { sha256: sha256(token), by: ctx.actor.id })
  const { id: invitationId, roles, teamIds, organisationId } = invitation
  ctx.record('invitation.created', { invitationId, organisationId, roles: [...roles], teamIds: [...teamIds] })
  return { id: invitation.id, link: linkOf(ctx, token) }
}

/** A new link, and seven days from now. The old link ends. */
export async function resendInvitation(ctx: Context, id: string): Promise<Sent> {
  permit(ctx, 'person.invite')
  const invitation = resent(await lockInvitation(ctx.tx, id), ctx.now)
  await refuseTooPowerful(ctx, invitation, await lockOrganisation(ctx.tx, invitation.organisationId))
  const token = newToken()
  await saveInvitation(ctx.tx, invitation, sha256(token))
  ctx.record('invitation.resent', { invitationId: invitation.id })
  return { id: invitation.id, link: linkOf(ctx, token) }
}

export async function revokeInvitation(ctx: Context, id: string): Promise<void> {
  permit(ctx, 'person.invite')
  const before = await lockInvitation(ctx.tx, id)
  await refuseTooPowerful(ctx, before, await lockOrganisation(ctx.tx, before.organisationId))
  const invitation = revoked(before, ctx.now)
  if (invitation === before) return
  await saveInvitation(ctx.tx, invitation)
  ctx.record('invitation.revoked', { invitationId: invitation.id })
}

// An expired invitation must not stand in the way of a new one for the same address.
async function clearExpired(ctx: Context, email: string): Promise<void> {
  const open = await lockInvitationByEmail(ctx.tx, email)
  if (!open || open.expiresAt > ctx.now) return
  await saveInvitation(ctx.tx, revoked(open, ctx.now))
  ctx.record('invitation.revoked', { invitationId: open.id })
}

async function refuseTooPowerful(ctx: Context, invitation: Invitation, organisation: Organisation): Promise<Team[]> {
  if (!sees(ctx.actor, [houseKey]) && organisation.kind !== 'in_house' && organisation.id !== ctx.actor.organisation?.id)
    throw new Refusal('not_found', 'organisation_not_found', 'There is no such organisation.')
  const teams: Team[] = []
  for (const id of [...invitation.teamIds].sort()) teams.push(await lockTeam(ctx.tx, ctx.actor, id))
  refuseStrangeAdministrator({ roles: invitation.roles, organisationKind: organisation.kind })
  const rows = teams.map((team) => keysFor({ team }))
  if (organisation.kind === 'in_house') rows.push([houseKey])
  refuseMoreThanOnesOwn(ctx.actor, { permissions: permissionsOf(invitation.roles), rows })
  return teams
}

const linkOf = (ctx: Context, token: string) => `${ctx.instance.baseUrl}/invitation?token=${token}`
