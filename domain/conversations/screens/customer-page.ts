import { sql } from 'kysely'
import type { CustomerId, CustomerView } from '../../../contract/customers.ts'
import type { Context } from '../../../kernel/context.ts'
import { may, permit } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { houseKey, sees, visibleTo } from '../../../kernel/visibility.ts'
import { getCustomerRow } from '../../customers/index.ts'

const cap = 99

/** A customer with how many conversations the asker may see, counted to 99. */
export async function getCustomer(ctx: Context, id: CustomerId): Promise<CustomerView> {
  permit(ctx, 'customer.read')
  await refuseUnseenCustomer(ctx, id)
  const { rows } = await sql<{ n: string }>`
    select count(*) n from (
      select 1 from conversations c where c.customer_id = ${id} and c.merged_into is null and ${visibleTo(ctx.actor, 'c')} limit ${cap + 1}
    ) counted`.execute(ctx.tx)
  const n = Number(rows[0]?.n ?? 0)
  const can = (['customer.update', 'customer.delete'] as const).filter((it) => may(ctx.actor, it))
  return { ...(await getCustomerRow(ctx.tx, id)), conversations: { count: Math.min(n, cap), capped: n > cap }, can }
}

/** A customer is seen by whoever sees one of their conversations. One who has none is the house's to see. */
export async function refuseUnseenCustomer(ctx: Pick<Context, 'tx' | 'actor'>, id: CustomerId): Promise<void> {
  const { rows } = await sql<{ seen: boolean; has: boolean }>`
    select exists (select from conversations c where c.customer_id = ${id} and ${visibleTo(ctx.actor, 'c')}) as seen,
      exists (select from conversations c where c.customer_id = ${id}) as has`.execute(ctx.tx)
  const { seen = false, has = false } = rows[0] ?? {}
  if (seen || (!has && sees(ctx.actor, [houseKey]))) return
  throw new Refusal('not_found', 'customer_not_found', 'There is no such customer.')
}
