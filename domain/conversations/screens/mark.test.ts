import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMark, writeMark } from './mark.ts'

test('a page goes on where it ended, to the microsecond', () => {
  const at = '2026-11-21 08:00:00.123456+00'
  expect(readMark(writeMark(at, '018f2a00-0000-7000-8000-000000000001'))).toEqual({ at, id: '018f2a00-0000-7000-8000-000000000001' })
})

test('a mark that somebody made up is refused', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => readMark(text)).toThrow('mark')
    }),
  )
})
