import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { happens } from './event.ts'
import { Paging, page, Time } from './paging.ts'
import { Permission, Role, Scope } from './permissions.ts'

export const PersonId = z.uuid().brand<'PersonId'>()
export type PersonId = z.infer<typeof PersonId>
export const TeamId = z.uuid().brand<'TeamId'>()
export type TeamId = z.infer<typeof TeamId>
export const OrganisationId = z.uuid().brand<'OrganisationId'>()
export type OrganisationId = z.infer<typeof OrganisationId>
export const InvitationId = z.uuid().brand<'InvitationId'>()
export type InvitationId = z.infer<typeof InvitationId>
export const ApiKeyId = z.uuid().brand<'ApiKeyId'>()
export type ApiKeyId = z.infer<typeof ApiKeyId>
export const SessionId = z.uuid().brand<'SessionId'>()
export type SessionId = z.infer<typeof SessionId>

export const OrganisationKind = z.enum(['in_house', 'partner', 'supplier'])

export const Name = z.string().trim().min(1).max(200)
export const Email = z.string().trim().toLowerCase().max(320).pipe(z.email())
const Functions = z.array(z.string().trim().min(1).max(100)).max(20)
export const Roles = z.array(Role).max(7)
const Language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Give a language tag such as en or pt-BR.')
const TimeZone = z.string().refine(isTimeZone, 'Give a time zone such as Europe/Lisbon.')
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const OrganisationMark = z.object({ id: OrganisationId, name: z.string(), kind: OrganisationKind })
export const OrganisationView = OrganisationMark.extend({
  functions: z.array(z.string()),
  externalId: z.string().nullable(),
  can: z.array(z.enum(['change', 'delete'])),
})
export type OrganisationView = z.infer<typeof OrganisationView>

export const TeamView = z.object({
  id: TeamId,
  name: z.string(),
  purpose: z.string().nullable(),
  private: z.boolean(),
  archivedAt: Time.nullable(),
  externalId: z.string().nullable(),
  members: z.array(z.object({ id: PersonId, name: z.string(), organisation: OrganisationMark })),
  can: z.array(z.enum(['change'])),
})
export type TeamView = z.infer<typeof TeamView>

/** A person as colleagues see them. `workplace` is there for oneself and administrators only. */
export const PersonView = z.object({
  id: PersonId,
  name: z.string(),
  email: z.string(),
  organisation: OrganisationMark,
  functions: z.array(z.string()),
  roles: z.array(Role),
  teams: z.array(z.object({ id: TeamId, name: z.string() })),
  workplace: z.string().nullable().optional(),
  language: z.string().nullable(),
  timeZone: z.string().nullable(),
  externalId: z.string().nullable(),
  joinedAt: Time.nullable(),
  deactivatedAt: Time.nullable(),
  can: z.array(z.enum(['change', 'deactivate', 'reactivate', 'invite'])),
})
export type PersonView = z.infer<typeof PersonView>

/** Who is asking: a person with all that is theirs, or a key. */
export const Me = z.object({
  kind: z.enum(['person', 'integration']),
  person: PersonView.nullable(),
  apiKey: z.object({ id: ApiKeyId, name: z.string(), scopes: z.array(Scope) }).nullable(),
  permissions: z.array(Permission),
  twoFactor: z.boolean(),
})
export type Me = z.infer<typeof Me>

// Oneself

export const getMe = endpoint({ method: 'GET', path: '/me', summary: 'Who I am and what I may do', returns: Me })
export const changeMe = endpoint({
  method: 'PATCH',
  path: '/me',
  summary: 'Change my name, functions, workplace, language or time zone',
  body: z.object({
    name: Name.optional(),
    functions: Functions.optional(),
    workplace: z.string().trim().max(500).nullable().optional(),
    language: Language.nullable().optional(),
    timeZone: TimeZone.nullable().optional(),
  }),
  returns: PersonView,
})
// People

const PersonParams = z.object({ personId: PersonId })
export const listPeople = endpoint({
  method: 'GET',
  path: '/people',
  summary: 'People by name',
  permission: 'person.read',
  query: Paging.extend({ q: z.string().trim().max(200).optional(), team: TeamId.optional(), active: z.stringbool().optional() }),
  returns: page(PersonView),
})
export const getPerson = endpoint({
  method: 'GET',
  path: '/people/:personId',
  summary: 'One person',
  permission: 'person.read',
  params: PersonParams,
  returns: PersonView,
})
export const changePerson = endpoint({
  method: 'PATCH',
  path: '/people/:personId',
  summary: 'Change a person’s roles, organisation, name, address or functions',
  permission: 'person.update',
  params: PersonParams,
  body: z.object({
    name: Name.optional(),
    email: Email.optional(),
    functions: Functions.optional(),
    roles: Roles.optional(),
    organisationId: OrganisationId.optional(),
    workplace: z.string().trim().max(500).nullable().optional(),
  }),
  returns: PersonView,
})
export const deactivatePerson = endpoint({
  method: 'PUT',
  path: '/people/:personId/deactivation',
  summary: 'Shut a person out; all their sessions end at once',
  permission: 'person.update',
  params: PersonParams,
  returns: PersonView,
})
export const reactivatePerson = endpoint({
  method: 'DELETE',
  path: '/people/:personId/deactivation',
  summary: 'Let a person in again',
  permission: 'person.update',
  params: PersonParams,
  returns: PersonView,
})

// Teams

const TeamParams = z.object({ teamId: TeamId })
const TeamDraft = z.object({ name: Name, purpose: z.string().trim().max(2000).nullable().optional(), private: z.boolean().optional() })
export const listTeams = endpoint({
  method: 'GET',
  path: '/teams',
  summary: 'Teams by name, with their members',
  permission: 'team.read',
  query: Paging.extend({ archived: z.stringbool().default(false) }),
  returns: page(TeamView),
})
export const getTeam = endpoint({
  method: 'GET',
  path: '/teams/:teamId',
  summary: 'One team with its members',
  permission: 'team.read',
  params: TeamParams,
  returns: TeamView,
})
export const createTeam = endpoint({
  method: 'POST',
  path: '/teams',
  summary: 'Start a team',
  permission: 'team.update',
  body: TeamDraft,
  returns: TeamView,
  status: 201,
})
export const changeTeam = endpoint({
  method: 'PATCH',
  path: '/teams/:teamId',
  summary: 'Rename a team, make it private or open, bring it back',
  permission: 'team.update',
  params: TeamParams,
  body: TeamDraft.partial().extend({ archived: z.literal(false).optional() }),
  returns: TeamView,
})
export const archiveTeam = endpoint({
  method: 'DELETE',
  path: '/teams/:teamId',
  summary: 'Archive a team: it takes no new work, its past stays with its members',
  permission: 'team.update',
  params: TeamParams,
  returns: z.undefined(),
  status: 204,
})
const MemberParams = TeamParams.extend(PersonParams.shape)
export const addMember = endpoint({
  method: 'PUT',
  path: '/teams/:teamId/members/:personId',
  summary: 'Take a person into a team',
  permission: 'team.update',
  params: MemberParams,
  returns: TeamView,
})
export const removeMember = endpoint({
  method: 'DELETE',
  path: '/teams/:teamId/members/:personId',
  summary: 'Take a person out of a team',
  permission: 'team.update',
  params: MemberParams,
  returns: TeamView,
})

// Organisations

const OrganisationParams = z.object({ organisationId: OrganisationId })
export const listOrganisations = endpoint({
  method: 'GET',
  path: '/organisations',
  summary: 'Our own organisation, partners and suppliers by name',
  permission: 'organisation.read',
  query: Paging,
  returns: page(OrganisationView),
})
export const createOrganisation = endpoint({
  method: 'POST',
  path: '/organisations',
  summary: 'Add a partner or supplier',
  permission: 'organisation.update',
  body: z.object({ name: Name, kind: OrganisationKind, functions: Functions.default([]) }),
  returns: OrganisationView,
  status: 201,
})
export const changeOrganisation = endpoint({
  method: 'PATCH',
  path: '/organisations/:organisationId',
  summary: 'Rename an organisation or change what it does',
  permission: 'organisation.update',
  params: OrganisationParams,
  body: z.object({ name: Name.optional(), functions: Functions.optional() }),
  returns: OrganisationView,
})
export const deleteOrganisation = endpoint({
  method: 'DELETE',
  path: '/organisations/:organisationId',
  summary: 'Remove an organisation nobody belongs to',
  permission: 'organisation.update',
  params: OrganisationParams,
  returns: z.undefined(),
  status: 204,
})

// What a change was about, by name: what it was changed from and to stays out of the log.
export const PersonField = z.enum(['name', 'email', 'functions', 'workplace', 'language', 'timeZone', 'organisationId', 'secondFactor'])
export const TeamField = z.enum(['name', 'purpose', 'private', 'archivedAt'])
export const OrganisationField = z.enum(['name', 'functions'])

const Person = z.object({ personId: PersonId })
const Team = z.object({ teamId: TeamId })
const Organisation = z.object({ organisationId: OrganisationId })
const Invitation = z.object({ invitationId: InvitationId })
const ApiKey = z.object({ apiKeyId: ApiKeyId })

export const identityEvents = {
  'instance.set_up': happens('organisation', 'organisationId', Organisation.extend({ personId: PersonId })),
  'person.joined': happens('person', 'personId', Person.extend({ organisationId: OrganisationId, invitationId: InvitationId.nullable() })),
  'person.changed': happens('person', 'personId', Person.extend({ fields: z.array(PersonField) })),
  'person.roles_changed': happens('person', 'personId', Person.extend({ roles: Roles })),
  'person.deactivated': happens('person', 'personId', Person),
  'person.reactivated': happens('person', 'personId', Person),
  'team.created': happens('team', 'teamId', Team.extend({ private: z.boolean() })),
  'team.changed': happens('team', 'teamId', Team.extend({ fields: z.array(TeamField), private: z.boolean() })),
  'team.archived': happens('team', 'teamId', Team),
  'membership.started': happens('team', 'teamId', Team.extend(Person.shape)),
  'membership.ended': happens('team', 'teamId', Team.extend(Person.shape)),
  'organisation.created': happens('organisation', 'organisationId', Organisation.extend({ kind: OrganisationKind })),
  'organisation.changed': happens('organisation', 'organisationId', Organisation.extend({ fields: z.array(OrganisationField) })),
  'organisation.deleted': happens('organisation', 'organisationId', Organisation),
  'invitation.created': happens(
    'invitation',
    'invitationId',
    Invitation.extend({ organisationId: OrganisationId, roles: Roles, teamIds: z.array(TeamId) }),
  ),
  'invitation.resent': happens('invitation', 'invitationId', Invitation),
  'invitation.revoked': happens('invitation', 'invitationId', Invitation),
  'api_key.created': happens('api_key', 'apiKeyId', ApiKey.extend({ scopes: z.array(Scope) })),
  'api_key.revoked': happens('api_key', 'apiKeyId', ApiKey),
}
