import { sql } from 'kysely'
import type { Tx } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'

/** Counts one more attempt under this key and answers how many there were lately; after `span` ms without one it begins anew. */
export async function countAttempt(tx: Tx, key: string, { now, span }: { now: Date; span: number }): Promise<number> {
  const at = now.getTime()
  const over = sql<boolean>`auth_rate_limits.last_request <= ${at - span}::bigint`
  const row = await tx
    .insertInto('auth_rate_limits')
    .values({ id: newId(), key, count: 1, last_request: at })
    .onConflict((it) =>
      it.column('key').doUpdateSet({
        count: sql<number>`case when ${over} then 1 else auth_rate_limits.count + 1 end`,
        last_request: sql<string>`case when ${over} then ${at}::bigint else auth_rate_limits.last_request end`,
      }),
    )
    .returning('count')
    .executeTakeFirstOrThrow()
  return row.count
}
