import { expect, test } from 'vitest'
import { addressesIn } from './address.ts'

const first = (header: string) => addressesIn(header)[0]

test.each([
  ['Ann Lee <ann@x.example>', 'ann@x.example', 'Ann Lee'],
  ['ann@x.example (Ann Lee)', 'ann@x.example', 'Ann Lee'],
  ['"Ann Lee" <ann@x.example', 'ann@x.example', 'Ann Lee'],
  ['"Ann Lee <ann@x.example>"', 'ann@x.example', ''],
  ['Ann Lee ann@X.EXAMPLE', 'ann@x.example', 'Ann Lee'],
  ["'Ann' <ann@x.example>", 'ann@x.example', 'Ann'],
  ['Ann [ann@x.example]', 'ann@x.example', 'Ann'],
  ['Ann <mailto:ann@x.example>', 'ann@x.example', 'Ann'],
  ['<@relay.example,@other.example:ann@x.example>', 'ann@x.example', ''],
  ['Lee; Ann <ann@x.example>', 'ann@x.example', 'Ann'],
  ['=?utf-8?Q?ann=40x.example?=', 'ann@x.example', ''],
  ['=?utf-8?Q?Gr=FC=DFe?= <a@x.example>', 'a@x.example', 'Grüße'],
  ['"=?UTF-8?B?SsO8cmdlbg==?=" <j@x.example>', 'j@x.example', 'Jürgen'],
  ['Team: ann@x.example, bo@x.example;', 'ann@x.example', ''],
  ['jörg@müller.example', 'jörg@müller.example', ''],
  ['ann+tag@x.example.', 'ann+tag@x.example', ''],
])('%s is %s', (header, address, name) => {
  expect(first(header)).toEqual({ address, name })
})

test.each(['', '  ', '<>', 'undisclosed-recipients:;', 'MAILER-DAEMON', 'nobody at all'])('%j names nobody', (header) => {
  expect(addressesIn(header)).toEqual([])
})

test('everybody in a long list is kept', () => {
  const list = Array.from({ length: 2_000 }, (_, i) => `"Person, ${i}" <p${i}@x.example>`).join(', ')
  expect(addressesIn(list)).toHaveLength(2_000)
})
