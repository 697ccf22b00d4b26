import fc from 'fast-check'

/** Text as somebody sends it who wants to break in, or whose program is broken. */
export const nasty = fc.constantFrom(
  "'; drop table messages; --",
  '" or 1=1 --',
  '{{7*7}} #{7*7}',
  '<script>alert(1)</script>',
  '\u0000',
  '\ud800',
  '\u202e\u200b',
  '=?utf-8?B?/////w==?=',
  '=?x-unknown?Q?=00=FF?=',
  '%s%n%x',
  '../../etc/passwd',
  '\r\n\r\n',
  '💧'.repeat(300),
  'x'.repeat(20_000),
  '>'.repeat(3_000),
  '('.repeat(3_000),
  '',
)

/** The same, or any text at all. */
export const odd = fc.oneof(nasty, fc.string(), fc.string({ unit: 'binary' }))
