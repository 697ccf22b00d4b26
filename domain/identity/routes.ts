import * as access from '../../contract/access.ts'
import * as api from '../../contract/identity.ts'
import { route, stepwise } from '../../kernel/route.ts'
import { acceptInvitation, readInvitation } from './access/accept.ts'
import { getInvitation, listInvitations } from './access/invitations.ts'
import { invite, resendInvitation, revokeInvitation } from './access/invite.ts'
import { createApiKey, listApiKeys, revokeApiKey } from './access/keys.ts'
import { endMySession, listMySessions } from './access/sessions.ts'
import { setUp, setupNeeded } from './access/set-up.ts'
import { changeOrganisation, createOrganisation, deleteOrganisation } from './change-organisation.ts'
import { changeMe, changePerson, deactivatePerson, reactivatePerson } from './change-person.ts'
import { addMember, archiveTeam, changeTeam, createTeam, removeMember } from './change-team.ts'
import { getMe } from './me.ts'
import { getOrganisation, listOrganisations } from './organisations.ts'
import { getPerson, listPeople } from './people.ts'
import { getTeam, listTeams, showTeam } from './teams.ts'

const people = [
  route(api.getMe, (ctx) => getMe(ctx)),
  route(api.changeMe, async (ctx, { body }) => getPerson(ctx.tx, ctx.actor, await changeMe(ctx, body))),
  route(api.listPeople, ({ tx, actor }, { query }) => listPeople(tx, actor, query)),
  route(api.getPerson, ({ tx, actor }, { params }) => getPerson(tx, actor, params.personId)),
  route(api.changePerson, async (ctx, { params, body }) => {
    await changePerson(ctx, params.personId, body)
    return getPerson(ctx.tx, ctx.actor, params.personId)
  }),
  route(api.deactivatePerson, async (ctx, { params }) => {
    await deactivatePerson(ctx, params.personId)
    return getPerson(ctx.tx, ctx.actor, params.personId)
  }),
  route(api.reactivatePerson, async (ctx, { params }) => {
    await reactivatePerson(ctx, params.personId)
    return getPerson(ctx.tx, ctx.actor, params.personId)
  }),
]

const teams = [
  route(api.listTeams, ({ tx, actor }, { query }) => listTeams(tx, actor, query)),
  route(api.getTeam, ({ tx, actor }, { params }) => getTeam(tx, actor, params.teamId)),
  route(api.createTeam, async (ctx, { body }) => showTeam(ctx, await createTeam(ctx, body))),
  route(api.changeTeam, async (ctx, { params, body }) => {
    await changeTeam(ctx, params.teamId, body)
    return getTeam(ctx.tx, ctx.actor, params.teamId)
  }),
  route(api.archiveTeam, (ctx, { params }) => archiveTeam(ctx, params.teamId)),
  route(api.addMember, async (ctx, { params }) => {
    await addMember(ctx, params.teamId, params.personId)
    return getTeam(ctx.tx, ctx.actor, params.teamId)
  }),
  route(api.removeMember, async (ctx, { params }) => {
    await removeMember(ctx, params.teamId, params.personId)
    return getTeam(ctx.tx, ctx.actor, params.teamId)
  }),
]

const organisations = [
  route(api.listOrganisations, ({ tx, actor }, { query }) => listOrganisations(tx, actor, query)),
  route(api.createOrganisation, async (ctx, { body }) => getOrganisation(ctx.tx, ctx.actor, await createOrganisation(ctx, body))),
  route(api.changeOrganisation, async (ctx, { params, body }) => {
    await changeOrganisation(ctx, params.organisationId, body)
    return getOrganisation(ctx.tx, ctx.actor, params.organisationId)
  }),
  route(api.deleteOrganisation, (ctx, { params }) => deleteOrganisation(ctx, params.organisationId)),
]

const entering = [
  route(access.getSetup, async ({ tx }) => ({ needed: await setupNeeded(tx) })),
  stepwise(access.setUp, (steps, { body }) => setUp(steps, body)),
  route(access.listInvitations, (ctx, { query }) => listInvitations(ctx, query)),
  route(access.createInvitation, async (ctx, { body }) => {
    const { id, link } = await invite(ctx, body)
    return { ...(await getInvitation(ctx, id)), link }
  }),
  route(access.resendInvitation, async (ctx, { params }) => {
    const { id, link } = await resendInvitation(ctx, params.invitationId)
    return { ...(await getInvitation(ctx, id)), link }
  }),
  route(access.revokeInvitation, (ctx, { params }) => revokeInvitation(ctx, params.invitationId)),
  route(access.readInvitation, ({ tx, now }, { body }) => readInvitation(tx, body.token, now)),
  stepwise(access.acceptInvitation, (steps, { body }) => acceptInvitation(steps, body)),
  route(access.listMySessions, (ctx) => listMySessions(ctx)),
  route(access.endMySession, (ctx, { params }) => endMySession(ctx, params.sessionId)),
  route(access.listApiKeys, ({ tx, actor }, { query }) => listApiKeys(tx, actor, query)),
  route(access.createApiKey, (ctx, { body }) => createApiKey(ctx, body)),
  route(access.revokeApiKey, (ctx, { params }) => revokeApiKey(ctx, params.apiKeyId)),
]

export const routes = [...people, ...teams, ...organisations, ...entering]
