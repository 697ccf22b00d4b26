import type { Selectable } from 'kysely'
import type { ApiKeyId, InvitationId, OrganisationId, TeamId } from '../../../contract/identity.ts'
import type { Role, Scope } from '../../../contract/permissions.ts'
import type { Database } from '../../../database/schema.ts'
import type { Tx } from '../../../kernel/context.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { unlessTaken } from '../store.ts'
import type { Invitation } from './invitation.ts'

// Invitations

export async function lockInvitation(tx: Tx, id: string): Promise<Invitation> {
  const row = await tx.selectFrom('invitations').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'invitation_not_found', 'There is no such invitation.')
  return invitationOf(row)
}

/** The one invitation of this address that is neither used nor taken back. */
export async function lockInvitationByEmail(tx: Tx, email: string): Promise<Invitation | null> {
  const open = tx
    .selectFrom('invitations')
    .selectAll()
    .where('email', '=', email)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
  const row = await open.forUpdate().executeTakeFirst()
  return row ? invitationOf(row) : null
}

/** By the hash of its link. Whoever guesses learns nothing but that there is none. */
export async function lockInvitationByToken(tx: Tx, sha256: string): Promise<Invitation> {
  const row = await tx.selectFrom('invitations').selectAll().where('token_sha256', '=', sha256).forUpdate().executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'invitation_not_found', 'This invitation link is not known. Ask for a new one.')
  return invitationOf(row)
}

export async function insertInvitation(tx: Tx, it: Invitation, { sha256, by }: { sha256: string; by: string }): Promise<void> {
  const row = {
    id: it.id,
    email: it.email,
    name: it.name,
    organisation_id: it.organisationId,
    roles: [...it.roles],
    team_ids: [...it.teamIds],
    token_sha256: sha256,
    invited_by: by,
    created_at: it.createdAt,
    expires_at: it.expiresAt,
  }
  const sentence = 'This address is invited already. Send that invitation again or take it back.'
  await unlessTaken(tx.insertInto('invitations').values(row).execute(), 'already_invited', sentence)
}

/** Saves how it stands; with a new link's hash where one was made. */
export async function saveInvitation(tx: Tx, it: Invitation, sha256?: string): Promise<void> {
  const row = { expires_at: it.expiresAt, used_at: it.usedAt, revoked_at: it.revokedAt, ...(sha256 ? { token_sha256: sha256 } : {}) }
  await tx.updateTable('invitations').set(row).where('id', '=', it.id).execute()
}

export function invitationOf(row: Selectable<Database['invitations']>): Invitation {
  return {
    id: row.id as InvitationId,
    email: row.email,
    name: row.name,
    organisationId: row.organisation_id as OrganisationId,
    roles: row.roles as Role[],
    teamIds: row.team_ids as TeamId[],
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    revokedAt: row.revoked_at,
  }
}

// API keys

export type ApiKey = {
  id: ApiKeyId
  name: string
  prefix: string
  scopes: readonly Scope[]
  createdAt: Date
  lastUsedAt: Date | null
  revokedAt: Date | null
}

export async function lockApiKey(tx: Tx, id: string): Promise<ApiKey> {
  const row = await tx.selectFrom('api_keys').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'api_key_not_found', 'There is no such API key.')
  return apiKeyOf(row)
}

export async function insertApiKey(tx: Tx, { id, name, prefix, scopes, createdAt }: ApiKey, sha256: string): Promise<void> {
  await tx
    .insertInto('api_keys')
    .values({ id, name, prefix, sha256, scopes: [...scopes], created_at: createdAt })
    .execute()
}

export async function markRevoked(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable('api_keys').set({ revoked_at: now }).where('id', '=', id).execute()
}

/** To the minute, so that a busy key is not written on each call. */
export async function markUsed(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', id).execute()
}

export function apiKeyOf(row: Selectable<Database['api_keys']>): ApiKey {
  const { name, prefix, scopes } = row
  return {
    id: row.id as ApiKeyId,
    name,
    prefix,
    scopes: scopes as Scope[],
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  }
}

// Set-up

export async function insertSetupLink(tx: Tx, sha256: string, now: Date): Promise<void> {
  await tx.insertInto('setup_links').values({ token_sha256: sha256, created_at: now }).execute()
}

/** Locks all links, so that of two who set up at once the second finds none. */
export async function lockSetupLinks(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom('setup_links').select('token_sha256').orderBy('token_sha256').forUpdate().execute()
  return rows.map((row) => row.token_sha256)
}

export async function deleteSetupLinks(tx: Tx): Promise<void> {
  await tx.deleteFrom('setup_links').execute()
}
