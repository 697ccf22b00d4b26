import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { happens } from './event.ts'
import { Time } from './paging.ts'

export const CustomerId = z.uuid().brand<'CustomerId'>()
export type CustomerId = z.infer<typeof CustomerId>

/** Where a customer can be reached: an address, a phone number, a visitor id. */
export const ContactPoint = z.object({ kind: z.enum(['email', 'phone', 'visitor']), value: z.string() })

/** How the relationship stands. Days are ISO dates, `value` is in the firm's currency per year. */
export const LifeCycle = z.object({
  since: z.iso.date().nullable(),
  until: z.iso.date().nullable(),
  stage: z.string().nullable(),
  value: z.number().nullable(),
  plan: z.string().nullable(),
  reasonLeft: z.string().nullable(),
})

export const CompanyView = z.object({ id: z.uuid(), name: z.string(), ...LifeCycle.shape })

export const CustomerView = z.object({
  id: CustomerId,
  name: z.string().nullable(),
  externalId: z.string().nullable(),
  contactPoints: z.array(ContactPoint),
  company: CompanyView.nullable(),
  language: z.string().nullable(),
  timeZone: z.string().nullable(),
  fields: z.record(z.string(), z.unknown()),
  ...LifeCycle.shape,
  createdAt: Time,
  conversations: z.object({ count: z.number().int(), capped: z.boolean() }),
  can: z.array(z.string()),
})
export type CustomerView = z.infer<typeof CustomerView>

const CustomerParams = z.object({ customerId: CustomerId })

export const getCustomer = endpoint({
  method: 'GET',
  path: '/customers/:customerId',
  summary: 'One customer with contact points and company',
  permission: 'customer.read',
  params: CustomerParams,
  returns: CustomerView,
})
export const deleteCustomer = endpoint({
  method: 'DELETE',
  path: '/customers/:customerId',
  summary: 'Delete a customer for good, with all conversations, raw mail and files',
  permission: 'customer.delete',
  params: CustomerParams,
  returns: z.undefined(),
  status: 204,
})

const Customer = z.object({ customerId: CustomerId })
export const customerEvents = {
  'customer.appeared': happens('customer', 'customerId', Customer.extend({ historic: z.boolean().optional(), at: Time.optional() })),
  'customer.erased': happens('customer', 'customerId', Customer),
}
