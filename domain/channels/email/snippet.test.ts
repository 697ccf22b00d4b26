import fc from 'fast-check'
import { expect, test } from 'vitest'
import { snippetOf } from './snippet.ts'

test('the first words stand in one line', () => {
  expect(snippetOf('  Hello,\n\n my lamp\tis broken. ')).toBe('Hello, my lamp is broken.')
})

test('a long message is cut between words', () => {
  const snippet = snippetOf('lamp '.repeat(100))
  expect(snippet).toMatch(/^(?:lamp )+lamp…$/)
  expect(snippet.length).toBeLessThanOrEqual(140)
})

test('whatever the text, it is one short line without half characters', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 400 }),
        fc.array(fc.constantFrom('🎉', 'a', '👩‍🚀'), { maxLength: 200 }).map((signs) => signs.join('')),
      ),
      (text) => {
        const snippet = snippetOf(text)
        expect(snippet.length).toBeLessThanOrEqual(140)
        expect(snippet.isWellFormed()).toBe(true)
        expect(snippet).not.toMatch(/[\n\r\t]/)
      },
    ),
  )
})
