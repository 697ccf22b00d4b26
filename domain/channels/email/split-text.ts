import { attributionLength } from './split/attribution.ts'
import { headerBlockLength } from './split/header-block.ts'
import { isMessageRule } from './split/message-rule.ts'
import { isDecoration, isDeviceLine, signatureStart } from './split/signature.ts'

/** A mail's text in three: every line is in exactly one of them, in its order. */
export type SplitReply = { fresh: string; quoted: string; signature: string }

type Kind = 'text' | 'blank' | 'quote' | 'attribution' | 'code' | 'signature' | 'rest'
type Line = { text: string; kind: Kind }

/**
 * Tells what the customer wrote from what they quoted and how they sign. When unsure the words stay fresh: answers
 * between quotations keep these as their context, a forwarded message without a word above is itself the message, and
 * a single word keeps its signature.
 */
export function splitReply(text: string): SplitReply {
  const lines = sorted(text.replace(/\r\n?/g, '\n').split('\n'))
  return { fresh: wordsOf(lines, FRESH), quoted: wordsOf(lines, QUOTED), signature: wordsOf(lines, SIGNATURE) }
}

/** From which line on there is nothing but quotation, or -1: where a reader may fold the mail. */
export function quotedTail(texts: readonly string[]): number {
  const lines = sorted(texts)
  const last = lines.findLastIndex((line) => line.kind !== 'blank' && line.kind !== 'rest' && line.kind !== 'attribution')
  return lines.findIndex((line, i) => i > last && line.text.trim() !== '')
}

function sorted(texts: readonly string[]): Line[] {
  const lines = withoutRest(classified(texts))
  takeTail(lines)
  takeLeadingQuote(lines)
  keepLoneWord(lines)
  return lines
}

/** What a person wrote is near the beginning; beyond this many lines nothing is looked at and everything kept. */
const MAX_LINES = 20_000

/** Quotation, signature, quotation …: nobody has more of them than this. */
const MAX_LAYERS = 20

const FRESH: readonly Kind[] = ['text', 'blank', 'quote', 'code']
const QUOTED: readonly Kind[] = ['attribution', 'rest']
const SIGNATURE: readonly Kind[] = ['signature']

function wordsOf(lines: readonly Line[], kinds: readonly Kind[]): string {
  const chosen = lines.filter((line) => kinds.includes(line.kind)).map((line) => line.text.trimEnd())
  return chosen
    .join('\n')
    .replace(/^\n+/, '')
    .trimEnd()
    .replace(/\n{4,}/g, '\n\n\n')
}

function classified(texts: readonly string[]): Line[] {
  const lines: Line[] = texts.map((text) => ({ text, kind: text.trim() === '' ? 'blank' : isQuote(text) ? 'quote' : 'text' }))
  markCode(lines)
  for (let i = 0; i < Math.min(lines.length, MAX_LINES); i++) {
    if (lines[i]!.kind === 'code') continue
    const length = attributionLength(texts, i)
    if (length === 0) continue
    for (const line of lines.slice(i, i + length)) line.kind = 'attribution'
    markBars(lines, i + length)
    i += length - 1
  }
  return lines
}

/** `>` and `AB>` quote; `>= 5` does not. */
function isQuote(line: string): boolean {
  return /^\s{0,3}(?:>(?!=\s?\d)|[A-Z]{1,4}>)/.test(line)
}

/** Some programs quote with bars, but so do tables: only right under an attribution they are quotation. */
function markBars(lines: Line[], from: number): void {
  let i = from
  while (lines[i]?.kind === 'blank') i++
  for (; lines[i]?.kind === 'text' && /^\s?\|/.test(lines[i]!.text); i++) lines[i]!.kind = 'quote'
}

/** Between fences nothing is what it seems. */
function markCode(lines: Line[]): void {
  const fences = lines.flatMap((line, i) => (/^\s{0,3}```/.test(line.text) ? [i] : []))
  for (let f = 0; f + 1 < fences.length; f += 2) for (let i = fences[f]!; i <= fences[f + 1]!; i++) lines[i]!.kind = 'code'
}

/** From a copied message on, everything is the earlier mail, provided there are words above it. */
function withoutRest(lines: Line[]): Line[] {
  const texts = lines.map((line) => (line.kind === 'code' || line.kind === 'quote' ? '' : line.text))
  let words = false
  for (let i = 0; i < Math.min(lines.length, MAX_LINES); i++) {
    const { kind, text } = lines[i]!
    if (kind === 'text' && copiedMessageAt(texts, i)) {
      if (words) markRest(lines, i)
      break
    }
    if (kind === 'attribution' && words && !quoteFollows(lines, i)) {
      markRest(lines, i)
      break
    }
    words ||= (kind === 'text' || kind === 'code') && !isDecoration(text) && !isDeviceLine(text)
  }
  return lines
}

function markRest(lines: Line[], from: number): void {
  for (const line of lines.slice(from)) line.kind = 'rest'
}

function copiedMessageAt(texts: readonly string[], at: number): boolean {
  return isMessageRule(texts, at) || headerBlockLength(texts, at) > 0
}

function quoteFollows(lines: readonly Line[], at: number): boolean {
  let next = at
  while (lines[next]?.kind === 'attribution' || lines[next]?.kind === 'blank') next += 1
  return lines[next] === undefined || lines[next]!.kind === 'quote'
}

/** Peels quotation, signature and leftovers from the end until the customer's words are the end. */
function takeTail(lines: Line[]): void {
  let end = lines.findIndex((line) => line.kind === 'rest')
  if (end < 0) end = lines.length
  for (let layer = 0, before = -1; layer < MAX_LAYERS && before !== end; layer++) {
    before = end
    while (end > 0 && lines[end - 1]!.kind === 'blank') end -= 1
    end = taken(lines, end, (line) => line.kind === 'quote' || line.kind === 'attribution' || line.kind === 'blank', 'rest')
    end = taken(lines, end, (line) => line.kind === 'text' && isDecoration(line.text), 'signature')
    end = takenSignature(lines, end)
  }
}

function taken(lines: Line[], end: number, belongs: (line: Line) => boolean, kind: Kind): number {
  let start = end
  while (start > 0 && belongs(lines[start - 1]!)) start -= 1
  for (const line of lines.slice(start, end)) line.kind = kind
  return start
}

/** A signature stands in the last run of plain lines. */
function takenSignature(lines: Line[], end: number): number {
  let from = end
  while (from > 0 && (lines[from - 1]!.kind === 'text' || lines[from - 1]!.kind === 'blank')) from -= 1
  const texts = lines.map((line) => line.text)
  const start = signatureStart(texts, from, end)
  for (const line of lines.slice(start, end)) line.kind = 'signature'
  return start
}

/** An answer under one whole quotation needs it no more than an answer above it. */
function takeLeadingQuote(lines: Line[]): void {
  const first = lines.findIndex((line) => line.kind !== 'blank')
  if (lines[first]?.kind !== 'attribution') return
  const answer = lines.findIndex((line) => line.kind === 'text' || line.kind === 'code')
  if (answer < 0 || lines.slice(answer).some((line) => line.kind === 'quote')) return
  for (const line of lines.slice(0, answer)) line.kind = 'rest'
}

/** Where only one word would be left, the rest of the message may well stand under the rule. */
function keepLoneWord(lines: Line[]): void {
  if (wordsOf(lines, FRESH).split(/\s+/).filter(Boolean).length > 1) return
  const signed = lines.some((line) => line.kind === 'signature' && !isDecoration(line.text))
  for (const line of lines) if (signed && line.kind === 'signature') line.kind = 'text'
}
