import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ApiKeyId, Email, InvitationId, Name, OrganisationId, OrganisationMark, PersonId, Roles, SessionId, TeamId } from './identity.ts'
import { Paging, page, Time } from './paging.ts'
import { Role, Scope } from './permissions.ts'

const Token = z.string().min(10).max(200)

/** Ten characters at least; nothing else is asked of a password. */
export const Password = z.string().min(10).max(128)

export const SessionView = z.object({
  id: SessionId,
  current: z.boolean(),
  address: z.string().nullable(),
  device: z.string().nullable(),
  createdAt: Time,
  renewedAt: Time,
  expiresAt: Time,
})

export const InvitationView = z.object({
  id: InvitationId,
  email: z.string(),
  name: z.string().nullable(),
  organisation: OrganisationMark,
  roles: z.array(Role),
  teamIds: z.array(TeamId),
  state: z.enum(['open', 'expired', 'used', 'revoked']),
  createdAt: Time,
  expiresAt: Time,
  can: z.array(z.enum(['resend', 'revoke'])),
})
export type InvitationView = z.infer<typeof InvitationView>
const InvitationWithLink = InvitationView.extend({ link: z.string() })

export const ApiKeyView = z.object({
  id: ApiKeyId,
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(Scope),
  createdAt: Time,
  lastUsedAt: Time.nullable(),
  revokedAt: Time.nullable(),
  can: z.array(z.enum(['revoke'])),
})
export type ApiKeyView = z.infer<typeof ApiKeyView>

// Set-up

export const getSetup = endpoint({
  method: 'GET',
  path: '/setup',
  summary: 'Whether this Sinew still waits for its first administrator',
  access: 'public',
  returns: z.object({ needed: z.boolean() }),
})
export const setUp = endpoint({
  method: 'POST',
  path: '/setup',
  secret: true,
  summary: 'Name the organisation and let the first administrator in, by the one-time link',
  access: 'public',
  body: z.object({ token: Token, organisation: Name, name: Name, email: Email, password: Password }),
  returns: z.object({ personId: PersonId, organisationId: OrganisationId }),
  status: 201,
})

export const listMySessions = endpoint({
  method: 'GET',
  path: '/me/sessions',
  summary: 'Where I am signed in',
  returns: z.object({ items: z.array(SessionView) }),
})
export const endMySession = endpoint({
  method: 'DELETE',
  path: '/me/sessions/:sessionId',
  summary: 'Sign out there',
  params: z.object({ sessionId: SessionId }),
  returns: z.undefined(),
  status: 204,
})

// Invitations

const InvitationParams = z.object({ invitationId: InvitationId })
export const listInvitations = endpoint({
  method: 'GET',
  path: '/invitations',
  summary: 'Invitations, newest first',
  permission: 'person.invite',
  query: Paging,
  returns: page(InvitationView),
})
export const createInvitation = endpoint({
  method: 'POST',
  path: '/invitations',
  secret: true,
  summary: 'Invite a person; the link is told once and lasts 7 days',
  permission: 'person.invite',
  body: z.object({
    email: Email,
    name: Name.optional(),
    organisationId: OrganisationId.optional(),
    roles: Roles.min(1),
    teamIds: z.array(TeamId).max(50).default([]),
  }),
  returns: InvitationWithLink,
  status: 201,
})
export const resendInvitation = endpoint({
  method: 'PUT',
  path: '/invitations/:invitationId/link',
  summary: 'A new link for an invitation, good for 7 days; the old one ends',
  permission: 'person.invite',
  params: InvitationParams,
  returns: InvitationWithLink,
})
export const revokeInvitation = endpoint({
  method: 'DELETE',
  path: '/invitations/:invitationId',
  summary: 'Take an invitation back',
  permission: 'person.invite',
  params: InvitationParams,
  returns: z.undefined(),
  status: 204,
})
/** The token travels in the body, so that it appears in no log. */
export const readInvitation = endpoint({
  method: 'POST',
  path: '/invitations/read',
  secret: true,
  summary: 'What an invitation link offers, before accepting it',
  access: 'public',
  body: z.object({ token: Token }),
  returns: z.object({ email: z.string(), name: z.string().nullable(), organisation: z.string(), expiresAt: Time }),
})
export const acceptInvitation = endpoint({
  method: 'POST',
  path: '/invitations/accept',
  secret: true,
  summary: 'Join by an invitation link, with a name and a password',
  access: 'public',
  body: z.object({ token: Token, name: Name, password: Password }),
  returns: z.object({ personId: PersonId, email: z.string() }),
  status: 201,
})

// API keys

export const listApiKeys = endpoint({
  method: 'GET',
  path: '/api-keys',
  summary: 'API keys, newest first',
  permission: 'api_key.read',
  query: Paging,
  returns: page(ApiKeyView),
})
export const createApiKey = endpoint({
  method: 'POST',
  path: '/api-keys',
  secret: true,
  summary: 'Make an API key; the key itself is told once',
  permission: 'api_key.update',
  body: z.object({ name: Name, scopes: z.array(Scope).min(1) }),
  returns: ApiKeyView.extend({ key: z.string() }),
  status: 201,
})
export const revokeApiKey = endpoint({
  method: 'DELETE',
  path: '/api-keys/:apiKeyId',
  summary: 'Revoke an API key; it ends at once',
  permission: 'api_key.update',
  params: z.object({ apiKeyId: ApiKeyId }),
  returns: z.undefined(),
  status: 204,
})
