import type { Tx } from '../../kernel/context.ts'

import type { MailIdentity } from './mail-identity.ts'

export const tombstoneOf = ({ messageHash, bodyHash }: MailIdentity): string => `${messageHash}:${bodyHash}`

/** Remembers what must not come back: hashes and ids, no contents. */
export async function bury(tx: Tx, kind: 'mail' | 'conversation' | 'customer', keys: readonly string[], at: Date): Promise<void> {
  if (keys.length === 0) return
  await tx
    .insertInto('tombstones')
    .values(keys.map((key) => ({ kind, key, at })))
    .onConflict((c) => c.doNothing())
    .execute()
}
