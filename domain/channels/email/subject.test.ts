import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasReplyPrefix, readSubjectToken, subjectToken, withoutPrefixes } from './subject.ts'

test.each([
  'Re: Lamp',
  'RE: Re: Lamp',
  'Re[2]: Lamp',
  'Re(3): Lamp',
  'Re*2: Lamp',
  'AW: Lamp',
  'AW: WG: Lamp',
  'Antw: Lamp',
  'SV: Lamp',
  'VS: Lamp',
  'RE : Lamp',
  'TR : Lamp',
  'Rif: Lamp',
  'R: Lamp',
  'RES: Lamp',
  'ENC: Lamp',
  'Odp: Lamp',
  'Vá: Lamp',
  'YNT: Lamp',
  'Απ: Lamp',
  'Отв: Lamp',
  '回复: Lamp',
  '回覆：Lamp',
  '返信: Lamp',
  '답장: Lamp',
  'Trả lời: Lamp',
  'תגובה: Lamp',
  'رد: Lamp',
  'Fwd: Lamp',
  'FW: Lamp',
  'Doorst: Lamp',
  'VB: Lamp',
  'Továbbítás: Lamp',
  'İLT: Lamp',
  '转发: Lamp',
  '[EXTERNAL] Re: Lamp',
  'Re: [External] Lamp',
  '  Re:   Lamp ',
])('%s is about the lamp', (subject) => {
  expect(withoutPrefixes(subject)).toBe('Lamp')
})

test.each(['Lamp', 'Response: late', 'Reading: lamp', 'Re', 'Area: 51', 'Swedish lamp', '[Lamps] broken'])(
  '%s has no prefix',
  (subject) => {
    expect(withoutPrefixes(subject)).toBe(subject)
    expect(hasReplyPrefix(subject)).toBe(false)
  },
)

test('an answer and a forward say so', () => {
  expect(hasReplyPrefix('AW: Lamp')).toBe(true)
  expect(hasReplyPrefix('Fwd: Lamp')).toBe(true)
})

test('the conversation number survives what programs put around it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999 }), fc.string(), (number, words) => {
      expect(readSubjectToken(`Re: ${words.replaceAll('[#', '')} ${subjectToken(number)}`)).toBe(number)
    }),
  )
})

test.each(['#1234', '[1234]', '[# 1234]', '[#0]', '[#12a]', 'Order #1234 [x]', ''])('%j is no conversation number', (subject) => {
  expect(readSubjectToken(subject)).toBeNull()
})
