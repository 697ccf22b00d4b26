import { type Selectable, sql } from 'kysely'
import type { OrganisationId, PersonId, TeamId } from '../../contract/identity.ts'
import type { Role } from '../../contract/permissions.ts'
import type { Database } from '../../database/schema.ts'
import type { Actor, OrganisationKind, Tx } from '../../kernel/context.ts'
import { newId } from '../../kernel/id.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { houseKey, personKey, teamKey, visibleTo } from '../../kernel/visibility.ts'
import type { Person } from './person.ts'
import type { Team } from './team.ts'

/** Runs a write that may hit a name or address that is taken, and says so in words. */
export async function unlessTaken<T>(write: Promise<T>, code: string, sentence: string): Promise<T> {
  return write.catch((error: { code?: string }) => {
    throw error.code === '23505' ? new Refusal('conflict', code, sentence) : error
  })
}

const notFound = {
  person: () => new Refusal('not_found', 'person_not_found', 'There is no such person.'),
  team: () => new Refusal('not_found', 'team_not_found', 'There is no such team.'),
  organisation: () => new Refusal('not_found', 'organisation_not_found', 'There is no such organisation.'),
}

// People

const people = (tx: Tx) =>
  tx
    .selectFrom('people')
    .innerJoin('organisations', 'organisations.id', 'people.organisation_id')
    .selectAll('people')
    .select('organisations.kind as organisation_kind')

export async function lockPerson(tx: Tx, actor: Actor, id: string): Promise<Person> {
  const row = await people(tx).where('people.id', '=', id).where(visibleTo(actor, 'people')).forUpdate('people').executeTakeFirst()
  if (!row) throw notFound.person()
  return personOf(row)
}

export async function lockPersonByEmail(tx: Tx, email: string): Promise<Person | null> {
  const row = await people(tx).where('people.email', '=', email).forUpdate('people').executeTakeFirst()
  return row ? personOf(row) : null
}

/** Locks everybody who governs, in one order, and answers how many there are beside this person: two who step down at once take turns. */
export async function lockOtherAdministrators(tx: Tx, personId: string): Promise<number> {
  const rows = await tx
    .selectFrom('people')
    .select('id')
    .where(sql<boolean>`'administrator' = any (roles)`)
    .where('deactivated_at', 'is', null)
    .where('joined_at', 'is not', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.filter((row) => row.id !== personId).length
}

export async function insertPerson(tx: Tx, person: Person, { invitedAt, now }: { invitedAt: Date | null; now: Date }): Promise<void> {
  const more = { id: person.id, invited_at: invitedAt, audience: audienceOfPerson(person.id, []), created_at: now }
  await unlessTaken(
    tx
      .insertInto('people')
      .values({ ...columnsOf(person), ...more })
      .execute(),
    ...emailTaken,
  )
}

export async function savePerson(tx: Tx, person: Person): Promise<void> {
  await unlessTaken(tx.updateTable('people').set(columnsOf(person)).where('id', '=', person.id).execute(), ...emailTaken)
}

const emailTaken = ['email_taken', 'Somebody here has this address already.'] as const

const columnsOf = (person: Person) => ({
  organisation_id: person.organisationId,
  name: person.name,
  email: person.email,
  functions: [...person.functions],
  roles: [...person.roles],
  workplace: person.workplace,
  language: person.language,
  time_zone: person.timeZone,
  auth_user_id: person.authUserId,
  joined_at: person.joinedAt,
  deactivated_at: person.deactivatedAt,
})

function personOf(row: Selectable<Database['people']> & { organisation_kind: string }): Person {
  return {
    id: row.id as PersonId,
    organisationId: row.organisation_id as OrganisationId,
    organisationKind: row.organisation_kind as OrganisationKind,
    name: row.name,
    email: row.email,
    functions: row.functions,
    roles: row.roles as Role[],
    workplace: row.workplace,
    language: row.language,
    timeZone: row.time_zone,
    authUserId: row.auth_user_id,
    joinedAt: row.joined_at,
    deactivatedAt: row.deactivated_at,
  }
}

// Teams and who is in them

export async function lockTeam(tx: Tx, actor: Actor, id: string): Promise<Team> {
  const row = await tx.selectFrom('teams').selectAll().where('id', '=', id).where(visibleTo(actor, 'teams')).forUpdate().executeTakeFirst()
  if (!row) throw notFound.team()
  return { id: row.id as TeamId, name: row.name, purpose: row.purpose, private: row.private, archivedAt: row.archived_at }
}

export async function insertTeam(tx: Tx, team: Team, now: Date): Promise<void> {
  const row = { id: team.id, ...columnsOfTeam(team), audience: [houseKey, teamKey(team.id)], created_at: now }
  await unlessTaken(tx.insertInto('teams').values(row).execute(), ...teamTaken)
}

export async function saveTeam(tx: Tx, team: Team): Promise<void> {
  await unlessTaken(tx.updateTable('teams').set(columnsOfTeam(team)).where('id', '=', team.id).execute(), ...teamTaken)
}

const teamTaken = ['team_exists', 'There is a team of this name already.'] as const

const columnsOfTeam = (team: Team) => ({ name: team.name, purpose: team.purpose, private: team.private, archived_at: team.archivedAt })

/** Answers whether anything changed. The person's own visibility keys follow. */
export async function insertMembership(tx: Tx, teamId: string, personId: string, now: Date): Promise<boolean> {
  const row = { team_id: teamId, person_id: personId, since: now }
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('memberships')
    .values(row)
    .onConflict((it) => it.doNothing())
    .executeTakeFirstOrThrow()
  await refreshAudience(tx, personId)
  return numInsertedOrUpdatedRows === 1n
}

export async function deleteMembership(tx: Tx, teamId: string, personId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('memberships')
    .where('team_id', '=', teamId)
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow()
  await refreshAudience(tx, personId)
  return numDeletedRows === 1n
}

async function refreshAudience(tx: Tx, personId: string): Promise<void> {
  const rows = await tx.selectFrom('memberships').select('team_id').where('person_id', '=', personId).orderBy('since').execute()
  const audience = audienceOfPerson(
    personId,
    rows.map((row) => row.team_id),
  )
  await tx.updateTable('people').set({ audience }).where('id', '=', personId).execute()
}

// Who finds a person: the house, the person, and everybody who shares a team with them.
const audienceOfPerson = (id: string, teamIds: string[]) => [houseKey, personKey(id), ...teamIds.map(teamKey)]

// Organisations

export type Organisation = { id: OrganisationId; name: string; kind: OrganisationKind; functions: readonly string[] }

export async function lockOrganisation(tx: Tx, id: string): Promise<Organisation> {
  const row = await tx.selectFrom('organisations').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound.organisation()
  return { id: row.id as OrganisationId, name: row.name, kind: row.kind as OrganisationKind, functions: row.functions }
}

export async function insertOrganisation(tx: Tx, { id, name, kind, functions }: Organisation, now: Date): Promise<void> {
  const row = { id, name, kind, functions: [...functions], created_at: now }
  await unlessTaken(tx.insertInto('organisations').values(row).execute(), ...organisationTaken)
}

export async function saveOrganisation(tx: Tx, { id, name, functions }: Organisation): Promise<void> {
  const write = tx
    .updateTable('organisations')
    .set({ name, functions: [...functions] })
    .where('id', '=', id)
    .execute()
  await unlessTaken(write, ...organisationTaken)
}

/** Whether anybody belongs to it or was invited into it. */
export async function isInUse(tx: Tx, id: string): Promise<boolean> {
  const people = await tx.selectFrom('people').select('id').where('organisation_id', '=', id).limit(1).executeTakeFirst()
  const invited = await tx.selectFrom('invitations').select('id').where('organisation_id', '=', id).limit(1).executeTakeFirst()
  return people !== undefined || invited !== undefined
}

export async function deleteOrganisation(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('organisations').where('id', '=', id).execute()
}

const organisationTaken = ['organisation_exists', 'There is an organisation of this name already.'] as const

/** The house itself: made by set-up, or before it by an import under a name that set-up replaces. */
export async function getHouse(tx: Tx, now: Date): Promise<Organisation> {
  const find = tx.selectFrom('organisations').selectAll().where('kind', '=', 'in_house').orderBy('created_at').orderBy('id')
  const row = await find.executeTakeFirst()
  if (row) return { id: row.id as OrganisationId, name: row.name, kind: 'in_house', functions: row.functions }
  const house: Organisation = { id: newId(now), name: 'Our organisation', kind: 'in_house', functions: [] }
  await insertOrganisation(tx, house, now)
  return house
}
