import { sql } from 'kysely'
import type { CustomerId } from '../../contract/customers.ts'
import type { Tx } from '../../kernel/context.ts'
import { newId } from '../../kernel/id.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Customer } from './customer.ts'

type Found = { id: CustomerId; name: string | null }

export async function findCustomerByAddress(tx: Tx, address: string): Promise<Found | undefined> {
  return tx
    .selectFrom('contact_points')
    .innerJoin('customers', 'customers.id', 'contact_points.customer_id')
    .select(['customers.id', 'customers.name'])
    .where('contact_points.kind', '=', 'email')
    .where('contact_points.value', '=', address)
    .executeTakeFirst() as Promise<Found | undefined>
}

export async function findCustomerByExternalId(tx: Tx, externalId: string): Promise<Found | undefined> {
  return tx.selectFrom('customers').select(['id', 'name']).where('external_id', '=', externalId).executeTakeFirst() as Promise<
    Found | undefined
  >
}

/** Lets one transaction at a time decide who has an external id. */
export async function holdExternalId(tx: Tx, externalId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`customer ${externalId}`}, 0))`.execute(tx)
}

/** Gives a customer an external id unless they have one. Answers whether it is theirs now. */
export async function claimExternalId(tx: Tx, id: CustomerId, externalId: string): Promise<boolean> {
  const row = await tx
    .updateTable('customers')
    .set({ external_id: externalId })
    .where('id', '=', id)
    .where((it) => it.or([it('external_id', 'is', null), it('external_id', '=', externalId)]))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

type Fresh = { name: string | null; address: string | null; externalId: string | null; now: Date }

/** The customer who has this address, even if they get it from somebody else at this moment; else a new one. */
export async function insertCustomer(tx: Tx, it: Fresh): Promise<{ customer: Customer; fresh: boolean }> {
  const id = newId<CustomerId>(it.now)
  if (it.address === null) {
    await tx.insertInto('customers').values({ id, name: it.name, external_id: it.externalId, created_at: it.now }).execute()
    return { customer: { id, name: it.name }, fresh: true }
  }
  const met = await meet(tx, { ...it, id, address: it.address })
  if (met) return { customer: { id: met.id, name: met.name }, fresh: met.fresh }
  const other = await findCustomerByAddress(tx, it.address)
  if (!other) throw new Error('An address is claimed by nobody.')
  return { customer: other, fresh: false }
}

// One statement, so that a lost race leaves no customer without an address behind. The foreign key is checked at its end.
// Nobody when somebody else claimed the address meanwhile: they are not seen by this statement, but by the next.
async function meet(tx: Tx, it: Fresh & { id: CustomerId; address: string }): Promise<(Found & { fresh: boolean }) | undefined> {
  const { rows } = await sql<Found & { fresh: boolean }>`
    with known as (
      select c.id, c.name from contact_points p join customers c on c.id = p.customer_id where p.kind = 'email' and p.value = ${it.address}
    ), claim as (
      insert into contact_points (kind, value, customer_id, created_at)
      select 'email', ${it.address}, ${it.id}::uuid, ${it.now}::timestamptz where not exists (select from known)
      on conflict do nothing returning customer_id
    ), fresh as (
      insert into customers (id, name, external_id, created_at)
      select customer_id, ${it.name}, ${it.externalId}, ${it.now}::timestamptz from claim returning id, name
    )
    select id, name, false as fresh from known union all select id, name, true from fresh`.execute(tx)
  return rows[0]
}

export async function nameCustomer(tx: Tx, id: CustomerId, name: string | null): Promise<void> {
  await tx.updateTable('customers').set({ name }).where('id', '=', id).execute()
}

export async function addAddress(tx: Tx, it: { id: CustomerId; address: string; now: Date }): Promise<void> {
  const row = { kind: 'email', value: it.address, customer_id: it.id, created_at: it.now }
  await tx
    .insertInto('contact_points')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute()
}

export async function lockCustomer(tx: Tx, id: CustomerId): Promise<Customer> {
  const row = await tx.selectFrom('customers').select(['id', 'name']).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'customer_not_found', 'There is no such customer.')
  return row as Customer
}

/** Forgets a customer and every contact point. What they said must be gone already. */
export async function eraseCustomer(tx: Tx, id: CustomerId): Promise<void> {
  await tx.deleteFrom('customers').where('id', '=', id).execute()
}
