import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isBounceSubject } from './automatic-subjects.ts'
import type { Mail } from './mail.ts'
import { parseMail } from './parse.ts'
import { recogniseAutomatic } from './recognise.ts'
import { splitReply } from './split-text.ts'

const fixture = (name: string) => readFileSync(new URL(`../../../test/fixtures/mail/${name}`, import.meta.url))
const bytes = (...parts: (string | Uint8Array | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))
const HEAD = 'From: Ann <ann@x.example>\r\nSubject: Hello\r\n'

async function read(raw: Uint8Array): Promise<Mail> {
  const found = await parseMail(raw)
  if (!found.ok) throw new Error(found.reason)
  return found.mail
}
const reasonFor = async (raw: Uint8Array) => parseMail(raw).then((found) => (found.ok ? 'a mail' : found.reason))

describe('what is no mail, and what is too much', () => {
  test('there is a reason for every kind of nothing', async () => {
    expect(await reasonFor(bytes(''))).toBe('empty')
    expect(await reasonFor(bytes('\r\n \r\n'))).toBe('empty')
    expect(await reasonFor(bytes('Hello, is anybody there?'))).toBe('no_headers')
    expect(await reasonFor(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]))).toBe('no_headers')
  })

  test('headers alone are a mail', async () => {
    expect((await read(bytes('From: a@x.example\r\nSubject: only this'))).text).toBe('')
  })

  test('ten thousand parts are cut at a thousand, and the mail says so', async () => {
    const parts = '--b\r\nContent-Type: application/x-part; name=a.bin\r\n\r\nhello\r\n'.repeat(10_000)
    const started = performance.now()
    const mail = await read(bytes(HEAD, 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n', parts, '--b--'))
    expect(performance.now() - started).toBeLessThan(1_000)
    expect(mail.truncated).toBe(true)
    expect(mail.attachments.length).toBeGreaterThan(900)
  })

  test.each([
    [
      'an attachment of 50 MiB',
      'Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n',
      'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3\r\n',
      false,
    ],
    ['50 MiB of line ends', '\r\n', '\n', true],
    ['50 MiB of text', '\r\n', 'lorem ipsum dolor sit amet\r\n', true],
    ['a line of 50 MiB', '\r\n', 'lorem ipsum ', true],
    ['50 MiB of padding', 'Content-Transfer-Encoding: base64\r\n\r\n', 'A=', true],
  ])(
    '%s is read in time and memory',
    async (_, head, unit, truncated) => {
      const size = 50 * 1024 * 1024
      const raw = bytes(HEAD, head, Buffer.alloc(size, unit))
      const started = performance.now()
      const mail = await read(raw)
      expect(performance.now() - started).toBeLessThan(15_000)
      expect(mail.truncated).toBe(truncated)
    },
    30_000,
  )

  test('a mail nested like Russian dolls is refused with a reason', async () => {
    const dolls = Array.from({ length: 300 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`).join('')
    expect(await reasonFor(bytes(HEAD, dolls))).toBe('too_deep')
  })

  test('headers without end are cut, the body is kept', async () => {
    const mail = await read(bytes(HEAD, 'X-Filler: bar bar bar\r\n'.repeat(100_000), '\r\nthe body'))
    expect([mail.truncated, mail.text.trim()]).toEqual([true, 'the body'])
  })
})

describe('what is long takes no longer than its length', () => {
  const long = (unit: string) => unit.repeat(Math.ceil(300_000 / unit.length))
  const within = async (work: () => unknown) => {
    const started = performance.now()
    await work()
    expect(performance.now() - started).toBeLessThan(2_000)
  }

  test.each([
    ['spaces within a line', `x${long(' ')}x`],
    ['spaces before a line', `${long(' ')}x`],
    ['brackets', `${long(')')}x`],
    ['lines of spaces', long(`x${' '.repeat(390)}x\n`)],
  ])('a text of %s', (_, text) => within(() => splitReply(text)))

  test('a subject of spaces', () => within(() => isBounceSubject(long(' '))))

  test.each([
    ['a sender of signs', `From: ${long('@')}\r\n`],
    ['a sender whose name is quotes and spaces', `From: "x${long("' ")}x" <a@x.example>\r\n`],
    ['a sender whose domain is dots', `From: a@${long('.')}x\r\n`],
  ])('%s', (_, head) => within(async () => recogniseAutomatic(await read(bytes(head, '\r\nhello')))))

  test('names and subjects that every list shows have an end', async () => {
    const { from, subject, truncated } = await read(bytes(`From: "${long('n')}" <a@x.example>\r\nSubject: ${long('s')}\r\n\r\nhello`))
    expect([from?.name.length, subject.length, truncated]).toEqual([500, 1_000, true])
  })
})

describe('any bytes at all', () => {
  const strings = (mail: Mail) =>
    JSON.stringify({ ...mail, headers: [...mail.headers], attachments: mail.attachments.map((part) => ({ ...part, content: null })) })

  test('arbitrary bytes never throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (raw) => {
        expect(typeof (await parseMail(raw)).ok).toBe('boolean')
      }),
    )
  })

  test('spoilt real-looking mails never throw and never hold what PostgreSQL refuses', async () => {
    const names = ['gmail-reply.eml', 'outlook-reply.eml', 'bounce-postfix.eml', 'forwarded-with-calendar.eml', 'feedback-report.eml']
    const originals = names.map(fixture)
    const spoil = fc.record({
      original: fc.constantFrom(...originals),
      cuts: fc.array(fc.record({ at: fc.nat(3_000), remove: fc.nat(40), insert: fc.uint8Array({ maxLength: 12 }) }), { maxLength: 6 }),
    })
    await fc.assert(
      fc.asyncProperty(spoil, async ({ original, cuts }) => {
        const raw = cuts.reduce(
          (mail, { at, remove, insert }) => Buffer.concat([mail.subarray(0, at), insert, mail.subarray(at + remove)]),
          original,
        )
        const found = await parseMail(raw)
        if (!found.ok) return
        expect(strings(found.mail)).not.toContain('\\u0000')
        expect(strings(found.mail).isWellFormed()).toBe(true)
        expect(strings(found.mail)).not.toMatch(/\\ud[89a-f]/i)
      }),
      { numRuns: 300 },
    )
  })
})
