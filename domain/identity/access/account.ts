import { hashPassword } from 'better-auth/crypto'
import type { Tx } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'

/** The slow part of choosing a password, done before any transaction begins. */
export { hashPassword }

/**
 * Lets a person sign in from now on. The account is written in the form the sign-in library reads, here and not through
 * the library, so that person and account come into being in one transaction or not at all.
 */
export async function openAccount(tx: Tx, it: { name: string; email: string; passwordHash: string; now: Date }): Promise<string> {
  const id = newId(it.now)
  const times = { created_at: it.now, updated_at: it.now }
  await tx
    .insertInto('auth_users')
    .values({ id, name: it.name, email: it.email, email_verified: true, ...times })
    .execute()
  const account = { id: newId(it.now), user_id: id, account_id: id, provider_id: 'credential', password: it.passwordHash, ...times }
  await tx.insertInto('auth_accounts').values(account).execute()
  return id
}

/** The address one signs in with follows the person's. */
export async function renameAccount(tx: Tx, authUserId: string, { name, email }: { name: string; email: string }): Promise<void> {
  await tx.updateTable('auth_users').set({ name, email }).where('id', '=', authUserId).execute()
}

/** Signs a person out everywhere. */
export async function endSessions(tx: Tx, authUserId: string): Promise<void> {
  await tx.deleteFrom('auth_sessions').where('user_id', '=', authUserId).execute()
}

export async function endSession(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('auth_sessions').where('id', '=', id).execute()
}

/** From now on the password alone is asked for. */
export async function closeSecondFactor(tx: Tx, authUserId: string): Promise<void> {
  await tx.deleteFrom('auth_two_factors').where('user_id', '=', authUserId).execute()
  await tx.updateTable('auth_users').set({ two_factor_enabled: false }).where('id', '=', authUserId).execute()
}

/** Removes what can no longer be used: sessions and links that ran out, and counts of attempts long past. */
export async function deleteExpired(tx: Tx, now: Date): Promise<void> {
  await tx.deleteFrom('auth_sessions').where('expires_at', '<', now).execute()
  await tx.deleteFrom('auth_verifications').where('expires_at', '<', now).execute()
  await tx
    .deleteFrom('auth_rate_limits')
    .where('last_request', '<', String(now.getTime() - 86_400_000))
    .execute()
}
