import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { TeamView } from '../../contract/identity.ts'
import type { Actor, OrganisationKind, Tx } from '../../kernel/context.ts'
import { may } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { keysFor, teamKey, visibleTo } from '../../kernel/visibility.ts'
import { afterName, pageByName } from './by-name.ts'
import { referenced } from './people.ts'
import { mayLead } from './team.ts'

type Asked = { limit: number; after?: string | undefined; archived: boolean }

/** The teams page: whom the actor may find, by name, with their members. */
export async function listTeams(tx: Tx, actor: Actor, { limit, after, archived }: Asked) {
  const rows = await rowsOf(tx, actor)
    .where('teams.archived_at', archived ? 'is not' : 'is', null)
    .$if(after !== undefined, (all) => all.where(afterName('teams', after ?? '')))
    .orderBy(sql`lower(teams.name)`)
    .orderBy('teams.id')
    .limit(limit + 1)
    .execute()
  return pageByName(rows, limit, (row) => viewOf(actor, row))
}

export async function getTeam(tx: Tx, actor: Actor, id: string): Promise<TeamView> {
  const row = await rowsOf(tx, actor).where('teams.id', '=', id).executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'team_not_found', 'There is no such team.')
  return viewOf(actor, row)
}

/** What a verb answers with: a team as the verb left it, also to whoever made it and whose keys are older. */
export async function showTeam({ tx, actor }: { tx: Tx; actor: Actor }, id: string): Promise<TeamView> {
  return getTeam(tx, { ...actor, audience: actor.audience && [...actor.audience, teamKey(id)] }, id)
}

const rowsOf = (tx: Tx, actor: Actor) =>
  tx
    .selectFrom('teams')
    .selectAll('teams')
    .select(sql<string>`lower(teams.name)`.as('sort'))
    .select((it) =>
      jsonArrayFrom(
        it
          .selectFrom('memberships')
          .innerJoin('people', 'people.id', 'memberships.person_id')
          .innerJoin('organisations as o', 'o.id', 'people.organisation_id')
          .select(['people.id', 'people.name', 'o.id as organisation_id', 'o.name as organisation_name', 'o.kind'])
          .whereRef('memberships.team_id', '=', 'teams.id')
          .where('people.deactivated_at', 'is', null)
          .where(visibleTo(actor, 'people'))
          .orderBy(sql`lower(people.name)`)
          .orderBy('people.id'),
      ).as('members'),
    )
    .where(visibleTo(actor, 'teams'))

type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>['executeTakeFirstOrThrow']>>

function viewOf(actor: Actor, row: Row): TeamView {
  const members = row.members.map(({ id, name, organisation_id, organisation_name, kind }) => ({
    id,
    name,
    organisation: { id: organisation_id, name: organisation_name, kind: kind as OrganisationKind },
  }))
  const isMember = members.some((it) => it.id === actor.id)
  const view = {
    id: row.id,
    name: row.name,
    purpose: row.purpose,
    private: row.private,
    archivedAt: row.archived_at?.toISOString() ?? null,
    externalId: row.external_id,
    members,
    can: may(actor, 'team.update') && mayLead(actor, row, isMember) ? ['change'] : [],
  }
  return view as TeamView
}

/** A team as other modules need it: to assign to it, and for the keys of the rows it holds. */
export type TeamMark = { id: string; name: string; private: boolean; archived: boolean }

/** A team by id or by `externalId:…`, if the actor may find it. */
export async function findTeam(tx: Tx, actor: Actor, reference: string): Promise<TeamMark | null> {
  const [column, value] = referenced(reference)
  const row = await tx
    .selectFrom('teams')
    .select(['id', 'name', 'private', 'archived_at'])
    .where(column, '=', value)
    .where(visibleTo(actor, 'teams'))
    .executeTakeFirst()
  return row ? { id: row.id, name: row.name, private: row.private, archived: row.archived_at !== null } : null
}

/** The visibility keys of a row that belongs to this team, or to none, with those people invited. */
export async function audienceOf(tx: Tx, teamId: string | null, invited: readonly string[] = []): Promise<string[]> {
  const team = teamId ? await tx.selectFrom('teams').select(['id', 'private']).where('id', '=', teamId).executeTakeFirst() : undefined
  return keysFor({ team: team ?? null, invited })
}
