import { expect, test } from 'vitest'
import { newMailId, readMailId, referencesOf } from './mail-id.ts'

const ours = { messageId: '01999999-9999-7999-8999-999999999999', conversationId: '01888888-8888-7888-8888-888888888888' }

test('a Message-ID of ours names its message and conversation to whoever has the key', () => {
  const id = newMailId({ ...ours, secret: 'new', domain: 'larkspur.example' })
  expect(id).toMatch(/^[0-9a-f]{32}\.[a-z2-7]{42}@larkspur\.example$/)
  expect(readMailId(id, ['newer', 'new'])).toEqual(ours)
  expect(readMailId(id.toUpperCase(), ['new'])).toEqual(ours)
})

test('one that somebody made up names nothing', () => {
  const id = newMailId({ ...ours, secret: 'a guess', domain: 'larkspur.example' })
  expect(readMailId(id, ['new'])).toBe(null)
  for (const it of ['', 'x@y', `${'0'.repeat(32)}.aaaa@y`]) expect(readMailId(it, ['new'])).toBe(null)
})

test('it stays ASCII where the domain is not', () => {
  expect(newMailId({ ...ours, secret: 'new', domain: 'bücher.example' })).toMatch(/@xn--bcher-kva\.example$/)
  expect(newMailId({ ...ours, secret: 'new', domain: '' })).toMatch(/@localhost$/)
})

test('References hold the nearest twenty, once each, and nothing that could begin another header', () => {
  const many = Array.from({ length: 30 }, (_, n) => `m${n}@x.example`)
  expect(referencesOf(many)).toEqual(many.slice(10))
  expect(referencesOf(['a@x', 'b@x', 'a@x'])).toEqual(['a@x', 'b@x'])
  expect(referencesOf(['ok@x', 'a@x>\r\nBcc: eve@x', 'a b@x', '<a@x', 'ü@x', 'x'.repeat(300)])).toEqual(['ok@x'])
})
