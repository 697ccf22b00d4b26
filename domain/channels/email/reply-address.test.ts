import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readReplyAddress, replyAddress } from './reply-address.ts'

const uuid = fc.uuid()
const secret = fc.string({ minLength: 16, maxLength: 40 })
const base = fc.constantFrom('help@x.example', 'a@b.example', 'customer-service-eu@x.example')

test('an address leads back to its conversation, however it is written', () => {
  fc.assert(
    fc.property(uuid, secret, base, (conversationId, key, help) => {
      const address = replyAddress({ base: help, conversationId, secret: key })
      expect(address.split('@')[0]!.length).toBeLessThanOrEqual(64)
      expect(readReplyAddress(address, [key])).toBe(conversationId)
      expect(readReplyAddress(address.toUpperCase(), ['newer secret', key])).toBe(conversationId)
    }),
  )
})

test('no changed letter is accepted', () => {
  const token = fc.nat(41)
  const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567')
  fc.assert(
    fc.property(uuid, secret, token, letter, (conversationId, key, at, other) => {
      const address = replyAddress({ base: 'help@x.example', conversationId, secret: key })
      const place = 'help+c.'.length + at
      fc.pre(address[place] !== other)
      expect(readReplyAddress(address.slice(0, place) + other + address.slice(place + 1), [key])).toBeNull()
    }),
  )
})

test('another secret, or none, proves nothing', () => {
  const address = replyAddress({ base: 'help@x.example', conversationId: '018f2a00-0000-7000-8000-000000000001', secret: 'one' })
  expect(readReplyAddress(address, ['two'])).toBeNull()
  expect(readReplyAddress(address, [])).toBeNull()
})

test('a base without room is left as it is', () => {
  const long = 'a-very-long-customer-service@x.example'
  expect(replyAddress({ base: long, conversationId: '018f2a00-0000-7000-8000-000000000001', secret: 'one' })).toBe(long)
})

test('any text at all is no reply address', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readReplyAddress(text, ['secret'])).toBeNull()
      expect(readReplyAddress(`help+c.${text}@x.example`, ['secret'])).toBeNull()
    }),
  )
})
