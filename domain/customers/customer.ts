import type { CustomerId } from '../../contract/customers.ts'

/** Someone who asks us for help. Many contact points may lead to one customer. */
export type Customer = { id: CustomerId; name: string | null }

/** E-mail addresses are one whatever their case; everything else is taken as written. */
export function normalAddress(address: string): string {
  return address.trim().toLowerCase()
}

/** The better of two names for a customer: what we have, unless it is missing or only repeats the address. */
export function namedBetter(known: string | null, offered: string, address: string): string | null {
  const fresh = offered.trim().slice(0, 500)
  if (fresh === '' || normalAddress(fresh) === normalAddress(address)) return known
  return known ?? fresh
}
