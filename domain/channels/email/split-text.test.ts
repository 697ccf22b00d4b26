import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quotedTail, splitReply } from './split-text.ts'

const fresh = (text: string) => splitReply(text).fresh

describe('answers among quotations', () => {
  test('answers below each question keep the questions', () => {
    const text = 'On 6 Jan 2025, at 9:00, Ann <ann@x.example> wrote:\n\n> Is it green?\n\nYes.\n\n> Is it loud?\n\nNo.'
    expect(splitReply(text)).toEqual({
      fresh: '> Is it green?\n\nYes.\n\n> Is it loud?\n\nNo.',
      quoted: 'On 6 Jan 2025, at 9:00, Ann <ann@x.example> wrote:',
      signature: '',
    })
  })

  test('an answer below the whole quotation stands alone', () => {
    expect(splitReply('On 6 Jan 2025, at 9:00, Ann <ann@x.example> wrote:\n> Is it green?\nYes it is.')).toEqual({
      fresh: 'Yes it is.',
      quoted: 'On 6 Jan 2025, at 9:00, Ann <ann@x.example> wrote:\n> Is it green?',
      signature: '',
    })
  })

  test('a quotation nobody introduced stays above the answer', () => {
    expect(fresh('> Is it green?\n\nYes it is.')).toBe('> Is it green?\n\nYes it is.')
  })

  test('nothing but quotation is no new word', () => {
    expect(fresh('\n\nOn 6 Jan 2025, at 9:00, Ann <ann@x.example> wrote:\n> Is it green?\n')).toBe('')
  })

  test.each(['>= 5 users are affected', '| a | b |\n| 1 | 2 |'])('%j is no quotation', (text) => {
    expect(fresh(`Hello there\n${text}`)).toBe(`Hello there\n${text}`)
  })
})

test('between fences nothing is what it seems', () => {
  const code = 'It logs\n```\nOn 6 Jan 2025, at 9:00, Ann <ann@x.example> wrote:\n> x\n--\nFrom: a@x.example\nSubject: b\nTo: c\n```'
  expect(fresh(code)).toBe(code)
})

test('where a reader may fold the mail is the first line that only quotes', () => {
  expect(quotedTail(['Yes it is.', '', 'On 6 Jan 2025, at 9:00, Ann <ann@x.example> wrote:', '> Is it?'])).toBe(2)
  expect(quotedTail(['Yes it is.', '', '-- ', 'Ann'])).toBe(-1)
})

describe('no word is ever lost', () => {
  const pieces = [
    'Hello there',
    'It is broken.',
    '',
    '',
    '> quoted',
    '>> deeper',
    '-- ',
    '--',
    '____________',
    'Sent from my iPhone',
    'On 6 Jan 2025, at 9:00, Ann <ann@x.example> wrote:',
    'Am 06.01.2025 um 09:00 schrieb Ann:',
    '-----Original Message-----',
    'From: Ann <ann@x.example>',
    'Sent: Monday',
    'To: Bo',
    'Subject: Lamp',
    '```',
    'Begin forwarded message:',
    '| bar',
    'On 6 Jan 2025,',
    'wrote:',
    '<',
    '***',
    'Ann Lee',
    '你好',
    'C> old',
    '\t',
    '\r',
  ]
  const line = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ maxLength: 30 }) })
  const mail = fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n'))
  const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean)

  test('fresh, quoted and signature together are every word, each part in its order', () => {
    fc.assert(
      fc.property(mail, (text) => {
        const parts = Object.values(splitReply(text)).map(wordsOf)
        expect(parts.flat().sort()).toEqual(wordsOf(text).sort())
        for (const part of parts) {
          let at = 0
          for (const word of wordsOf(text)) if (word === part[at]) at += 1
          expect(at).toBe(part.length)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('words above everything else stay fresh', () => {
    fc.assert(
      fc.property(mail, (below) => {
        expect(fresh(`My lamp is broken since Monday, please help.\n\n${below}`)).toContain('My lamp is broken since Monday, please help.')
      }),
    )
  })
})
