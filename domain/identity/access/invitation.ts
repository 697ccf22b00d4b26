import type { InvitationId, OrganisationId, TeamId } from '../../../contract/identity.ts'
import type { Role } from '../../../contract/permissions.ts'
import { Refusal } from '../../../kernel/refusal.ts'

export type Invitation = {
  id: InvitationId
  email: string
  name: string | null
  organisationId: OrganisationId
  roles: readonly Role[]
  teamIds: readonly TeamId[]
  createdAt: Date
  expiresAt: Date
  usedAt: Date | null
  revokedAt: Date | null
}

const day = 86_400_000

/** How long an invitation link lasts. */
export const lasting = 7 * day

export function stateOf(invitation: Pick<Invitation, 'usedAt' | 'revokedAt' | 'expiresAt'>, now: Date) {
  if (invitation.usedAt) return 'used'
  if (invitation.revokedAt) return 'revoked'
  return invitation.expiresAt <= now ? 'expired' : 'open'
}

/** Renewed by a new link: open again for seven days. Refuses what is used or revoked. */
export function resent(invitation: Invitation, now: Date): Invitation {
  const state = stateOf(invitation, now)
  if (state === 'used') throw new Refusal('conflict', 'invitation_used', 'This invitation was accepted already.')
  if (state === 'revoked') throw new Refusal('conflict', 'invitation_revoked', 'This invitation was taken back. Invite anew.')
  return { ...invitation, expiresAt: new Date(now.getTime() + lasting) }
}

export function revoked(invitation: Invitation, now: Date): Invitation {
  if (invitation.usedAt)
    throw new Refusal('conflict', 'invitation_used', 'This invitation was accepted already. Deactivate the person instead.')
  return invitation.revokedAt ? invitation : { ...invitation, revokedAt: now }
}

/** Taken up by its link. An expired, used or revoked link says so, since only who had it can ask. */
export function accepted(invitation: Invitation, now: Date): Invitation {
  const state = stateOf(invitation, now)
  if (state === 'open') return { ...invitation, usedAt: now }
  const why = { used: 'was used already', revoked: 'was taken back', expired: 'has expired' }[state]
  throw new Refusal('conflict', `invitation_${state}`, `This invitation ${why}. Ask for a new one.`)
}
