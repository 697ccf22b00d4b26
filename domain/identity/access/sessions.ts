import type { Context } from '../../../kernel/context.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { personOf } from '../change-person.ts'
import { endSession } from './account.ts'

const mine = ({ tx }: Context, personId: string) =>
  tx
    .selectFrom('auth_sessions as s')
    .innerJoin('people', 'people.auth_user_id', 's.user_id')
    .select(['s.id', 's.ip_address', 's.user_agent', 's.created_at', 's.updated_at', 's.expires_at'])
    .where('people.id', '=', personId)

/** Where the asking person is signed in, newest first. */
export async function listMySessions(ctx: Context) {
  const rows = await mine(ctx, personOf(ctx)).where('s.expires_at', '>', ctx.now).orderBy('s.created_at', 'desc').limit(100).execute()
  const items = rows.map((row) => ({
    id: row.id,
    current: row.id === ctx.actor.session,
    address: row.ip_address || null,
    device: row.user_agent || null,
    createdAt: row.created_at.toISOString(),
    renewedAt: row.updated_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }))
  return { items }
}

/** Signs the asking person out of one of their sessions. */
export async function endMySession(ctx: Context, id: string): Promise<void> {
  const session = await mine(ctx, personOf(ctx)).where('s.id', '=', id).executeTakeFirst()
  if (!session) throw new Refusal('not_found', 'session_not_found', 'You have no such session.')
  await endSession(ctx.tx, id)
}
