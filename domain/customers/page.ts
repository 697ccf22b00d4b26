import type { CustomerId, CustomerView } from '../../contract/customers.ts'
import type { Tx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** A customer with contact points and company, without what later modules know about them. */
export type CustomerRow = Omit<CustomerView, 'conversations' | 'can'>

const number = (value: string | null) => (value === null ? null : Number(value))
const life = ['since', 'until', 'stage', 'value', 'plan', 'reason_left'] as const

export async function getCustomerRow(tx: Tx, id: CustomerId): Promise<CustomerRow> {
  const row = await tx
    .selectFrom('customers')
    .select(['id', 'name', 'external_id', 'company_id', 'language', 'time_zone', 'fields', 'created_at', ...life])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'customer_not_found', 'There is no such customer.')
  const points = await tx
    .selectFrom('contact_points')
    .select(['kind', 'value'])
    .where('customer_id', '=', id)
    .orderBy('created_at')
    .execute()
  return {
    id,
    name: row.name,
    externalId: row.external_id,
    contactPoints: points as CustomerRow['contactPoints'],
    company: row.company_id === null ? null : await companyOf(tx, row.company_id),
    language: row.language,
    timeZone: row.time_zone,
    fields: row.fields as CustomerRow['fields'],
    ...lifeOf(row),
    createdAt: row.created_at.toISOString(),
  }
}

async function companyOf(tx: Tx, id: string): Promise<CustomerRow['company']> {
  const row = await tx
    .selectFrom('companies')
    .select(['id', 'name', ...life])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { id: row.id, name: row.name, ...lifeOf(row) }
}

type Life = {
  since: Date | string | null
  until: Date | string | null
  stage: string | null
  value: string | null
  plan: string | null
  reason_left: string | null
}

function lifeOf(row: Life) {
  return {
    since: day(row.since),
    until: day(row.until),
    stage: row.stage,
    value: number(row.value),
    plan: row.plan,
    reasonLeft: row.reason_left,
  }
}

function day(value: Date | string | null): string | null {
  if (value === null || typeof value === 'string') return value
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' }).format(value)
}
