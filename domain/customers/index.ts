import type { Module } from '../../kernel/module.ts'

export const customers: Module = { name: 'customers' }

export { type Customer, normalAddress } from './customer.ts'
export { getCustomerRow } from './page.ts'
export { recogniseCustomer } from './recognise.ts'
export { eraseCustomer, findCustomerByAddress, findCustomerByExternalId, lockCustomer } from './store.ts'
