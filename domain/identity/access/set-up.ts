import type { OrganisationId, PersonId } from '../../../contract/identity.ts'
import type { Context, Tx } from '../../../kernel/context.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Steps } from '../../../kernel/transact.ts'
import { join } from '../join.ts'
import { getHouse, saveOrganisation } from '../store.ts'
import { hashPassword } from './account.ts'
import { deleteSetupLinks, insertSetupLink, lockSetupLinks } from './store.ts'
import { newToken, sha256 } from './token.ts'

/** Whether nobody has joined yet. People who were only imported do not count: they cannot sign in. */
export async function setupNeeded(tx: Tx): Promise<boolean> {
  return !(await tx.selectFrom('people').select('id').where('joined_at', 'is not', null).limit(1).executeTakeFirst())
}

/** A one-time link for the first administrator; null once the instance is set up. Earlier links stay good until one is used. */
export async function newSetupLink(ctx: Context): Promise<string | null> {
  if (!(await setupNeeded(ctx.tx))) return null
  const token = newToken()
  await insertSetupLink(ctx.tx, sha256(token), ctx.now)
  return `${ctx.instance.baseUrl}/setup?token=${token}`
}

type SettingUp = { token: string; organisation: string; name: string; email: string; password: string }

/** Names the house and makes its first administrator, once. */
export async function setUp(steps: Steps, it: SettingUp): Promise<{ personId: PersonId; organisationId: OrganisationId }> {
  await steps.transact(({ tx }) => refuseWrongLink(tx, it.token))
  const passwordHash = await hashPassword(it.password)
  return steps.transact(async (ctx) => {
    await refuseWrongLink(ctx.tx, it.token)
    await deleteSetupLinks(ctx.tx)
    const organisation = { ...(await getHouse(ctx.tx, ctx.now)), name: it.organisation }
    await saveOrganisation(ctx.tx, organisation)
    const { name, email } = it
    const personId = await join(ctx, { name, email, passwordHash, organisation, roles: ['administrator'], teamIds: [], invitation: null })
    ctx.record('instance.set_up', { organisationId: organisation.id, personId })
    return { personId, organisationId: organisation.id }
  })
}

async function refuseWrongLink(tx: Tx, token: string): Promise<void> {
  const links = await lockSetupLinks(tx)
  if (!(await setupNeeded(tx))) throw new Refusal('conflict', 'already_set_up', 'This Sinew is set up already. Sign in instead.')
  if (links.includes(sha256(token))) return
  throw new Refusal('forbidden', 'wrong_setup_link', 'This set-up link is not valid. Use the one printed when Sinew started.')
}
