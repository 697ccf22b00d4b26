import { TeamField, type TeamId } from '../../contract/identity.ts'
import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/id.ts'
import { permit } from '../../kernel/permission.ts'
import { differing, named } from './person.ts'
import { deleteMembership, insertMembership, insertTeam, lockPerson, lockTeam, saveTeam } from './store.ts'
import { archived, refuseArchived, refuseStranger, type Team } from './team.ts'

type Draft = { name: string; purpose?: string | null | undefined; private?: boolean | undefined }
type Change = { [K in keyof Draft]?: Draft[K] | undefined } & { archived?: false | undefined }

/** Starts a team. A person who starts a private one is its first member: else nobody could let anyone in. */
export async function createTeam(ctx: Context, { name, purpose = null, private: closed = false }: Draft): Promise<TeamId> {
  permit(ctx, 'team.update')
  const team: Team = { id: newId(ctx.now), name, purpose, private: closed, archivedAt: null }
  await insertTeam(ctx.tx, team, ctx.now)
  ctx.record('team.created', { teamId: team.id, private: closed })
  if (closed && ctx.actor.kind === 'person') await join(ctx, team, ctx.actor.id)
  return team.id
}

export async function changeTeam(ctx: Context, id: string, change: Change): Promise<void> {
  permit(ctx, 'team.update')
  const before = await lockTeam(ctx.tx, ctx.actor, id)
  refuseStranger(ctx.actor, before)
  const after: Team = {
    ...before,
    name: change.name ?? before.name,
    purpose: change.purpose === undefined ? before.purpose : change.purpose,
    private: change.private ?? before.private,
    archivedAt: change.archived === false ? null : before.archivedAt,
  }
  const fields = differing(before, after)
  if (fields.length === 0) return
  await saveTeam(ctx.tx, after)
  ctx.record('team.changed', { teamId: after.id, fields: named(fields, TeamField.options), private: after.private })
}

/** Archives a team: it takes no new work, and its past stays with its members. */
export async function archiveTeam(ctx: Context, id: string): Promise<void> {
  permit(ctx, 'team.update')
  const before = await lockTeam(ctx.tx, ctx.actor, id)
  refuseStranger(ctx.actor, before)
  const team = archived(before, ctx.now)
  if (team === before) return
  await saveTeam(ctx.tx, team)
  ctx.record('team.archived', { teamId: team.id })
}

export async function addMember(ctx: Context, teamId: string, personId: string): Promise<void> {
  permit(ctx, 'team.update')
  const team = await lockTeam(ctx.tx, ctx.actor, teamId)
  refuseStranger(ctx.actor, team)
  refuseArchived(team)
  await join(ctx, team, personId)
}

async function join(ctx: Context, team: Team, personId: string): Promise<void> {
  const person = await lockPerson(ctx.tx, ctx.actor, personId)
  if (!(await insertMembership(ctx.tx, team.id, person.id, ctx.now))) return
  ctx.record('membership.started', { teamId: team.id, personId: person.id })
}

export async function removeMember(ctx: Context, teamId: string, personId: string): Promise<void> {
  permit(ctx, 'team.update')
  const team = await lockTeam(ctx.tx, ctx.actor, teamId)
  refuseStranger(ctx.actor, team)
  const person = await lockPerson(ctx.tx, ctx.actor, personId)
  if (!(await deleteMembership(ctx.tx, team.id, person.id))) return
  ctx.record('membership.ended', { teamId: team.id, personId: person.id })
}
