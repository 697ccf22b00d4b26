import { expect, test } from 'vitest'
import { plainAddress } from './channel.ts'

test('a tagged address belongs to its channel', () => {
  expect(plainAddress('Help+c.0123@Larkspur.example')).toBe('help@larkspur.example')
})

test('an address that begins with a plus is left alone', () => {
  expect(plainAddress('+49123@sms.example')).toBe('+49123@sms.example')
})
