import type { PersonId } from '../../../contract/identity.ts'
import type { Tx } from '../../../kernel/context.ts'
import type { Steps } from '../../../kernel/transact.ts'
import { join } from '../join.ts'
import { lockOrganisation } from '../store.ts'
import { hashPassword } from './account.ts'
import { accepted } from './invitation.ts'
import { lockInvitationByToken, saveInvitation } from './store.ts'
import { sha256 } from './token.ts'

/** What a link offers, while it can be accepted. */
export async function readInvitation(tx: Tx, token: string, now: Date) {
  const { email, name, organisationId, expiresAt } = accepted(await lockInvitationByToken(tx, sha256(token)), now)
  const organisation = await lockOrganisation(tx, organisationId)
  return { email, name, organisation: organisation.name, expiresAt: expiresAt.toISOString() }
}

/** Joins by an invitation link. The slow hash comes between two looks at the link, so that wrong links cost nothing. */
export async function acceptInvitation(
  steps: Steps,
  it: { token: string; name: string; password: string },
): Promise<{ personId: PersonId; email: string }> {
  await steps.transact(({ tx, now }) => readInvitation(tx, it.token, now))
  const passwordHash = await hashPassword(it.password)
  return steps.transact(async (ctx) => {
    const invitation = accepted(await lockInvitationByToken(ctx.tx, sha256(it.token)), ctx.now)
    await saveInvitation(ctx.tx, invitation)
    const organisation = await lockOrganisation(ctx.tx, invitation.organisationId)
    const { email, roles, teamIds } = invitation
    return { personId: await join(ctx, { name: it.name, email, passwordHash, organisation, roles, teamIds, invitation }), email }
  })
}
