import type { Tx } from '../../../kernel/context.ts'

const active = (tx: Tx) => tx.selectFrom('people').where('joined_at', 'is not', null).where('deactivated_at', 'is', null)

/** Whether the person of this account may come in: joined, and not shut out. */
export async function mayEnter(tx: Tx, authUserId: string): Promise<boolean> {
  return (await active(tx).select('id').where('auth_user_id', '=', authUserId).executeTakeFirst()) !== undefined
}

/** The account of the person with this address, if they may come in. */
export async function findAccount(tx: Tx, email: string): Promise<string | null> {
  const row = await active(tx).select('auth_user_id').where('email', '=', email).executeTakeFirst()
  return row?.auth_user_id ?? null
}
