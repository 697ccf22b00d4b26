import type { Context } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type Customer, namedBetter, normalAddress } from './customer.ts'
import {
  addAddress,
  claimExternalId,
  findCustomerByAddress,
  findCustomerByExternalId,
  holdExternalId,
  insertCustomer,
  nameCustomer,
} from './store.ts'

type Sender = { address?: string | undefined; externalId?: string | undefined; name: string; historic?: boolean; at?: Date }

/** Finds the customer behind an address or external id, or gets to know them. */
export async function recogniseCustomer(ctx: Context, sender: Sender): Promise<Customer> {
  const address = sender.address === undefined ? null : normalAddress(sender.address)
  const known = sender.externalId === undefined ? undefined : await find(ctx, address, sender.externalId)
  if (known) return better(ctx, known, { address, name: sender.name })
  const { customer, fresh } = await insertCustomer(ctx.tx, {
    name: namedBetter(null, sender.name, address ?? ''),
    address,
    externalId: sender.externalId ?? null,
    now: ctx.now,
  })
  if (!fresh) return better(ctx, customer, { address, name: sender.name })
  ctx.record('customer.appeared', {
    customerId: customer.id,
    ...(sender.historic ? { historic: true, at: (sender.at ?? ctx.now).toISOString() } : {}),
  })
  return customer
}

async function find(ctx: Context, address: string | null, externalId: string): Promise<Customer | undefined> {
  await holdExternalId(ctx.tx, externalId)
  const byId = await findCustomerByExternalId(ctx.tx, externalId)
  const byAddress = address === null ? undefined : await findCustomerByAddress(ctx.tx, address)
  if (byId && byAddress && byId.id !== byAddress.id) {
    throw new Refusal('conflict', 'customer_ambiguous', 'The external id and the e-mail address belong to two customers.')
  }
  if (byId && address !== null) await addAddress(ctx.tx, { id: byId.id, address, now: ctx.now })
  if (byAddress && !byId) await nameExternalId(ctx, byAddress, externalId)
  return byId ?? byAddress
}

// Known by address only until now: from here on by the other program's id too.
async function nameExternalId(ctx: Context, known: Customer, externalId: string): Promise<void> {
  if (await claimExternalId(ctx.tx, known.id, externalId)) return
  throw new Refusal('conflict', 'customer_ambiguous', 'The customer with this e-mail address has another external id.')
}

async function better(ctx: Context, known: Customer, offered: { address: string | null; name: string }): Promise<Customer> {
  const name = namedBetter(known.name, offered.name, offered.address ?? '')
  if (name !== known.name) await nameCustomer(ctx.tx, known.id, name)
  return { ...known, name }
}
