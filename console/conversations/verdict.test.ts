import { expect, test } from 'vitest'
import { sizeWords } from './size-words.ts'
import { verdictOn } from './verdict.ts'

test('a sender is proven when DMARC says so, whatever forwarding did to SPF', () => {
  expect(verdictOn({ spf: 'softfail', dkim: 'pass', dmarc: 'pass' })).toBe('proven')
})

test('a sender may be forged when DMARC fails, even if some signature holds', () => {
  expect(verdictOn({ spf: 'pass', dkim: 'pass', dmarc: 'fail' })).toBe('failed')
})

test('without DMARC it takes both other checks', () => {
  expect(verdictOn({ spf: 'pass', dkim: 'pass', dmarc: 'none' })).toBe('proven')
  expect(verdictOn({ spf: 'pass', dkim: 'none', dmarc: 'none' })).toBe('unproven')
})

test('nothing is claimed of what was never checked or is still being checked', () => {
  expect(verdictOn({ spf: 'none', dkim: 'none', dmarc: 'none' })).toBeNull()
  expect(verdictOn({ spf: 'pass', dkim: 'pending', dmarc: 'pending' })).toBe('pending')
})

test('sizes are said in the unit people use', () => {
  expect(sizeWords(900, 'en')).toBe('900B')
  expect(sizeWords(14_200, 'en')).toBe('14 kB')
  expect(sizeWords(3_240_000, 'en')).toBe('3.2 MB')
  expect(sizeWords(0, 'en')).toBe('0B')
})
