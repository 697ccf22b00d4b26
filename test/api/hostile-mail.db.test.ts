import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countOf, freshPost, mail, mailOf, post } from '../support/mail.ts'
import { nasty, odd } from '../support/nasty.ts'
import type { Sinew } from '../support/sinew.ts'

let sinew: Sinew
let as: { key: string }
beforeAll(async () => {
  const fresh = await freshPost()
  sinew = fresh.sinew
  as = fresh.as
})
afterAll(() => sinew.close())

const patience = 5_000

/** Answers within the time, never with a failure of ours, and a mail that was taken is kept raw. */
async function taken(raw: string | Uint8Array, query = ''): Promise<void> {
  const before = await countOf(sinew, 'inbound_messages')
  const began = performance.now()
  const { status, body } = await post(sinew, as, raw, query)
  expect(performance.now() - began).toBeLessThan(patience)
  expect([200, 201]).toContain(status)
  expect(body.reason).not.toBe('failed')
  expect(await countOf(sinew, 'inbound_messages')).toBe(before + 1)
}

const bytes = fc.uint8Array({ maxLength: 3_000 })

test('any bytes at all are taken and kept', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, (raw) => taken(Buffer.from(raw))),
    { numRuns: 60 },
  )
})

test('any headers and any words are taken and kept', { timeout: 60_000 }, async () => {
  const names = [
    'From',
    'To',
    'Cc',
    'Subject',
    'Date',
    'Message-ID',
    'References',
    'In-Reply-To',
    'Content-Type',
    'Content-Transfer-Encoding',
    'X-Sinew-Instance',
    'Return-Path',
    'Auto-Submitted',
  ]
  const header = fc.tuple(fc.constantFrom(...names), odd).map(([name, value]) => `${name}: ${value}`)
  await fc.assert(
    fc.asyncProperty(fc.array(header, { maxLength: 12 }), odd, (headers, words) => taken(`${headers.join('\r\n')}\r\n\r\n${words}`)),
    { numRuns: 120 },
  )
})

test('any MIME, broken as it may be, is taken and kept', { timeout: 60_000 }, async () => {
  const value = fc.oneof(
    nasty,
    fc.constantFrom(
      'text/html; charset=windows-1258',
      'multipart/mixed; boundary=b0',
      'multipart/mixed',
      'message/rfc822',
      'message/delivery-status',
      'text/plain; format=flowed',
      'application/ms-tnef',
      'image/svg+xml',
    ),
  )
  const part = fc.record({
    headers: fc.array(
      value.map((it) => `Content-Type: ${it}`),
      { maxLength: 2 },
    ),
    body: fc.oneof(odd, bytes),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 6 }), (parts) => taken(mailOf(parts))),
    { numRuns: 80 },
  )
})

test('any envelope is taken', async () => {
  const text = fc.oneof(nasty, fc.string()).filter((it) => encodeURIComponentSafely(it) && it.length < 900)
  await fc.assert(
    fc.asyncProperty(text, text, async (from, to) => {
      const { status } = await post(sinew, as, mail(), `?envelopeFrom=${encodeURIComponent(from)}&envelopeTo=${encodeURIComponent(to)}`)
      expect([201, 422]).toContain(status)
    }),
    { numRuns: 40 },
  )
})

function encodeURIComponentSafely(text: string): boolean {
  return text.isWellFormed()
}

const large: [string, () => string | Uint8Array][] = [
  [
    'ten thousand parts',
    () =>
      mailOf(
        Array.from({ length: 10_000 }, (_, n) => ({
          headers: ['Content-Type: text/plain; name=a.txt', 'Content-Disposition: attachment'],
          body: `part ${n}`,
        })),
      ),
  ],
  [
    'parts in parts, five hundred deep',
    () =>
      `From: a@b.example\r\n${Array.from({ length: 500 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join('')}`,
  ],
  ['ten thousand recipients', () => mail({ to: Array.from({ length: 10_000 }, (_, n) => `r${n}@juniper.example`).join(',\r\n ') })],
  ['ten thousand references', () => mail({ references: Array.from({ length: 10_000 }, (_, n) => `r${n}@juniper.example`) })],
  ['two megabytes of quotation', () => mail({ text: '> > > it drips\n'.repeat(140_000) })],
  ['one line of two megabytes', () => mail({ text: 'drip '.repeat(400_000) })],
  ['a subject of a megabyte', () => mail({ subject: 'Re: '.repeat(250_000) })],
  ['a hundred thousand nested tags', () => mailOf([{ headers: ['Content-Type: text/html'], body: '<div><b>'.repeat(50_000) }])],
  [
    'a thousand copies of one file',
    () => mailOf(Array.from({ length: 900 }, () => ({ headers: ['Content-Type: image/png; name=a.png'], body: Buffer.from('one') }))),
  ],
]

test.each(large)('%s are read in time', { timeout: 30_000 }, async (_, raw) => {
  await taken(raw())
})

test('after all of this, nothing that was taken is lost or waits', async () => {
  expect(await countOf(sinew, 'inbound_messages', "state = 'unprocessed'")).toBe(0)
  expect(await countOf(sinew, 'inbound_messages', 'not exists (select from files where sha256 = raw_file)')).toBe(0)
  expect(
    await countOf(sinew, 'inbound_messages', "state = 'processed' and reason is distinct from 'duplicate' and message_id is null"),
  ).toBe(0)
})
