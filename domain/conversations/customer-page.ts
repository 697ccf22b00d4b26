import { sql } from 'kysely'
import type { CustomerId, CustomerView } from '../../contract/customers.ts'
import type { Context } from '../../kernel/context.ts'
import { may, permit } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { visibleTo } from '../../kernel/visibility.ts'
import { getCustomerRow } from '../customers/index.ts'

const cap = 99

/** A customer with how many conversations the asker may see, counted to 99. Who may see none of them does not see the customer. */
export async function getCustomer(ctx: Context, id: CustomerId): Promise<CustomerView> {
  permit(ctx, 'customer.read')
  const { rows } = await sql<{ n: string }>`
    select count(*) n from (
      select 1 from conversations c where c.customer_id = ${id} and c.merged_into is null and ${visibleTo(ctx.actor, 'c')} limit ${cap + 1}
    ) counted`.execute(ctx.tx)
  const n = Number(rows[0]?.n ?? 0)
  const outsider = ctx.actor.organisation !== undefined && ctx.actor.organisation.kind !== 'in_house'
  if (n === 0 && outsider) throw new Refusal('not_found', 'customer_not_found', 'There is no such customer.')
  const can = (['customer.update', 'customer.delete'] as const).filter((it) => may(ctx.actor, it))
  return { ...(await getCustomerRow(ctx.tx, id)), conversations: { count: Math.min(n, cap), capped: n > cap }, can }
}
