import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMbox } from './mbox.ts'

async function* pieces(file: Buffer, size: number) {
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size)
}

async function read(file: string | Buffer, { piece = 7, limit = 1_000_000 } = {}) {
  const found = []
  for await (const it of readMbox(pieces(Buffer.from(file), piece), limit)) found.push({ ...it, raw: it.raw?.toString('latin1') ?? null })
  return found
}
const wordsOf = async (file: string, piece?: number) => (await read(file, piece ? { piece } : {})).map((it) => it.raw)

const separator = 'From elena@juniper.example  Thu Apr 26 07:41:47 2001'

test('each mail begins at its line, and the empty line before the next belongs to the file', async () => {
  expect(await wordsOf(`${separator}\nSubject: a\n\nOne\n\n${separator}\nSubject: b\n\nTwo\n\n`)).toEqual([
    'Subject: a\n\nOne\n',
    'Subject: b\n\nTwo\n',
  ])
})

test('line ends of Windows, no line end at the end, and no empty line between are all right', async () => {
  expect(await wordsOf(`${separator}\r\nSubject: a\r\n\r\nOne\r\n\r\n${separator}\r\nSubject: b\r\n\r\nTwo`)).toEqual([
    'Subject: a\r\n\r\nOne\r\n',
    'Subject: b\r\n\r\nTwo\n',
  ])
  expect(await wordsOf(`${separator}\nSubject: a\n\nOne\n${separator}\nSubject: b\n\n`)).toHaveLength(2)
})

test('a sentence that begins with From is no mail of its own', async () => {
  expect(await wordsOf(`${separator}\nSubject: a\n\nFrom here on it drips.\n\nFrom 7:30 on too.\n`)).toHaveLength(1)
})

test('one > is taken off lines that were escaped', async () => {
  expect(await wordsOf(`${separator}\n\n>From a\n>>From b\n> From c\n>Fromage\n`)).toEqual(['\nFrom a\n>From b\n> From c\n>Fromage\n'])
})

test('the time of arrival is read from the line, whatever zone it names and wherever', async () => {
  const lines = [
    separator,
    'From 123@xxx Mon Jan 05 10:00:00 +0100 2026',
    'From - Mon Jan  5 10:00:00 2026',
    'From bo at juniper.example nonsense',
  ]
  const found = await read(
    lines
      .slice(0, 3)
      .map((it) => `${it}\nSubject: a\n\n`)
      .join(''),
  )
  expect(found.map((it) => it.receivedAt?.toISOString())).toEqual([
    '2001-04-26T07:41:47.000Z',
    '2026-01-05T09:00:00.000Z',
    '2026-01-05T10:00:00.000Z',
  ])
  expect((await read(`${lines[3]}\nSubject: a\n\n`))[0]?.receivedAt).toBe(null)
})

test('a mail over the limit is passed by with its size, and the next one is read', async () => {
  const found = await read(`${separator}\n\n${'x'.repeat(300_000)}\n\n${separator}\nSubject: b\n\n`, { piece: 50_000, limit: 1000 })
  expect(found.map((it) => [it.raw, it.size > 1000])).toEqual([
    [null, true],
    ['Subject: b\n', false],
  ])
})

test('a line of megabytes is read in time, and what looks like a separator inside it is none', { timeout: 10_000 }, async () => {
  const line = 'From elena '.repeat(1_000_000)
  const [one, ...more] = await read(`${separator}\n\n${line}\n`, { piece: 65_536, limit: 50_000_000 })
  expect(one?.raw).toBe(`\n${line}\n`)
  expect(more).toEqual([])
})

test('what is no mailbox file is refused', async () => {
  await expect(read('Subject: a\n\nOne mail alone\n')).rejects.toThrow('does not begin')
  expect(await read('')).toEqual([])
})

test('wherever the pieces of a file are cut, the mails are the same', async () => {
  const line = fc.constantFrom('', 'words', separator, '>From x', 'From x', '\r', '>')
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 20 }), fc.integer({ min: 1, max: 40 }), async (lines, piece) => {
      const file = [separator, ...lines].join('\n')
      expect(await wordsOf(file, piece)).toEqual(await wordsOf(file, 100_000))
    }),
  )
})
