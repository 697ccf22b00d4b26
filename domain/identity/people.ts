import { type Selectable, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { PersonView } from '../../contract/identity.ts'
import type { Role } from '../../contract/permissions.ts'
import type { Database } from '../../database/schema.ts'
import type { Actor, OrganisationKind, Tx } from '../../kernel/context.ts'
import { may } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { visibleTo } from '../../kernel/visibility.ts'
import { afterName, containing, pageByName } from './by-name.ts'

type Asked = { limit: number; after?: string | undefined; q?: string | undefined; team?: string | undefined; active?: boolean | undefined }

/** The people page: whom the actor may find, by name. */
export async function listPeople(tx: Tx, actor: Actor, { limit, after, q, team, active }: Asked) {
  const rows = await rowsOf(tx, actor)
    .$if(after !== undefined, (all) => all.where(afterName('people', after ?? '')))
    .$if(!!q, (all) => all.where((it) => it.or([it('people.name', 'ilike', containing(q)), it('people.email', 'ilike', containing(q))])))
    .$if(team !== undefined, (all) =>
      all.where(sql<boolean>`exists (select from memberships m where m.person_id = people.id and m.team_id = ${team})`),
    )
    .$if(active !== undefined, (all) => all.where('people.deactivated_at', active ? 'is' : 'is not', null))
    .orderBy(sql`lower(people.name)`)
    .orderBy('people.id')
    .limit(limit + 1)
    .execute()
  return pageByName(rows, limit, (row) => viewOf(actor, row))
}

export async function getPerson(tx: Tx, actor: Actor, id: string): Promise<PersonView> {
  const row = await rowsOf(tx, actor).where('people.id', '=', id).executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'person_not_found', 'There is no such person.')
  return viewOf(actor, row)
}

const rowsOf = (tx: Tx, actor: Actor) =>
  tx
    .selectFrom('people')
    .innerJoin('organisations as o', 'o.id', 'people.organisation_id')
    .selectAll('people')
    .select(['o.name as organisation_name', 'o.kind as organisation_kind'])
    .select(sql<string>`lower(people.name)`.as('sort'))
    .select((it) =>
      jsonArrayFrom(
        it
          .selectFrom('memberships')
          .innerJoin('teams', 'teams.id', 'memberships.team_id')
          .select(['teams.id', 'teams.name'])
          .whereRef('memberships.person_id', '=', 'people.id')
          .where('teams.archived_at', 'is', null)
          .where(visibleTo(actor, 'teams'))
          .orderBy('memberships.since'),
      ).as('teams'),
    )
    .where(visibleTo(actor, 'people'))

type Row = Selectable<Database['people']> & { organisation_name: string; organisation_kind: string; teams: { id: string; name: string }[] }
type View = Omit<PersonView, 'id' | 'organisation' | 'teams'> & {
  id: string
  organisation: { id: string; name: string; kind: OrganisationKind }
  teams: { id: string; name: string }[]
}

function viewOf(actor: Actor, row: Row): PersonView {
  const view: View = {
    id: row.id,
    name: row.name,
    email: row.email,
    organisation: { id: row.organisation_id, name: row.organisation_name, kind: row.organisation_kind as OrganisationKind },
    functions: row.functions,
    roles: row.roles as Role[],
    teams: row.teams,
    ...(readsWorkplace(actor, row.id) ? { workplace: row.workplace } : {}),
    language: row.language,
    timeZone: row.time_zone,
    externalId: row.external_id,
    joinedAt: row.joined_at?.toISOString() ?? null,
    deactivatedAt: row.deactivated_at?.toISOString() ?? null,
    can: canOf(actor, row),
  }
  return view as PersonView
}

// Where somebody works from is theirs: no key reads it, and of people only administrators.
function readsWorkplace(actor: Actor, personId: string): boolean {
  return actor.kind === 'person' && (actor.id === personId || may(actor, 'person.update'))
}

function canOf(actor: Actor, row: Row): PersonView['can'] {
  const can: PersonView['can'] = []
  if (!row.joined_at && may(actor, 'person.invite')) can.push('invite')
  if (!may(actor, 'person.update')) return can
  can.push('change')
  if (row.joined_at) can.push(row.deactivated_at ? 'reactivate' : 'deactivate')
  return can
}

/** A person by id or by `externalId:…`, if the actor may find them. */
export async function findPerson(tx: Tx, actor: Actor, reference: string): Promise<{ id: string; name: string; active: boolean } | null> {
  const [column, value] = referenced(reference)
  const row = await tx
    .selectFrom('people')
    .select(['id', 'name', 'deactivated_at'])
    .where(column, '=', value)
    .where(visibleTo(actor, 'people'))
    .executeTakeFirst()
  return row ? { id: row.id, name: row.name, active: row.deactivated_at === null } : null
}

/** Which column a reference of the outside contract names: an id, or `externalId:…`. */
export function referenced(reference: string): ['id' | 'external_id', string] {
  if (reference.startsWith('externalId:')) return ['external_id', reference.slice('externalId:'.length)]
  return ['id', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(reference) ? reference : '00000000-0000-0000-0000-000000000000']
}
