import { expect, test } from 'vitest'
import { namedBetter, normalAddress } from './customer.ts'

test('an address is the same customer whatever its case', () => {
  expect(normalAddress(' Elena@Juniper.Example ')).toBe('elena@juniper.example')
})

test('a customer without a name takes the one in the mail', () => {
  expect(namedBetter(null, 'Elena Marchetti', 'elena@juniper.example')).toBe('Elena Marchetti')
})

test('a name we know is not overwritten by a later mail', () => {
  expect(namedBetter('Elena Marchetti', 'Juniper Kitchen iPad', 'elena@juniper.example')).toBe('Elena Marchetti')
})

test('an address repeated as a name is no name', () => {
  expect(namedBetter(null, 'ELENA@juniper.example', 'elena@juniper.example')).toBe(null)
})
