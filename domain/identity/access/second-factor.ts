import type { Context } from '../../../kernel/context.ts'
import { permit } from '../../../kernel/permission.ts'
import { lockPersonByEmail } from '../store.ts'
import { closeSecondFactor, endSessions } from './account.ts'

/** For who lost their second factor and its backup codes. Ends their sessions; answers whether there is such a person. */
export async function removeSecondFactor(ctx: Context, email: string): Promise<boolean> {
  permit(ctx, 'person.update')
  const person = await lockPersonByEmail(ctx.tx, email.trim().toLowerCase())
  if (!person?.authUserId) return false
  await closeSecondFactor(ctx.tx, person.authUserId)
  await endSessions(ctx.tx, person.authUserId)
  ctx.record('person.changed', { personId: person.id, fields: ['secondFactor'] })
  return true
}
