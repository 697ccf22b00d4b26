import { WROTE_FIRST, WROTE_LAST } from './languages.ts'

const MAX_LINES = 6
const MAX_CHARACTERS = 500

const escaped = (words: readonly string[]) => words.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|')
const TIME = /\b\d{1,2}[:.h]\s?\d{2}(?!\d)|\d{1,2}\s?(?:時|点|시)/
const DATE =
  /\b(?:19|20)\d{2}\b|(?:19|20)\d{2}\s?年|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.?\s(?:de\s)?\p{L}{3,}|\p{L}{3,}\.?\s\d{1,2}\b|\d{1,2}[:.]\d{2}/u
const ADDRESS = /[^\s@<>()"]@[^\s@<>()"]/
const BRACKETED_END =
  /(?:<|&lt;|\(|\[)\s*(?:mailto:)?[^<>()\s]{1,200}@[^<>()\s]{1,200}\s*(?:>|&gt;|\)|\])[>)\]"']*\s?(?<rest>[^.!?,;:：<>@]{0,30})\s*[:：]$/
const VERB_LAST = new RegExp(
  `(?:^|[\\d\\s>"'”»)\\]】,，:]|&gt;|\\p{Script=Hangul}|\\p{Script=Han}|さん|は)(?:${escaped(WROTE_LAST)})\\s*(?:[:：]|-{2,}|\\.{3})?\\s*-*$`,
  'iu',
)
const VERB_FIRST = new RegExp(`\\s(?:${escaped(WROTE_FIRST).replaceAll(' … ', '\\s.{1,100}\\s')})\\s+(?<name>\\S.{0,150}?)\\s*[:：]$`, 'iu')
const GOOGLE_DATE = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:\s\d{1,2}:\d{2})?(?<zone>\s(?:GMT|UTC)[+-]\d{1,2}(?::?\d{2})?)?\s\S.{1,150}$/
const ANY_VERB = new RegExp(`(?:${escaped([...WROTE_LAST])})`, 'iu')
const NAME_WROTE = /^"?[^\s<>"@][^<>@]{0,60}(?:<|&lt;|\[)[^<>\s]{1,200}@[^<>\s]{1,200}(?:>|&gt;|\])\s/

/** A sentence within: people tell stories with dates, programs do not. */
const SENTENCE = /[\p{Ll}>][.!?]\s+\p{Lu}\p{Ll}*[\s,]+\p{Ll}{2,}|\bI (?:wrote|said)\b/u
const NAME_BEFORE_VERB = /^.*(?:\d|[AaPp]\.?[Mm]\.?|[+-]\d{4})[,)]?\s(?<name>\S+(?:\s\S+){0,4})\s\S+[:：]?$/

/**
 * How many lines the "On Monday Ann wrote:" takes that begins at this line; 0 when it is none. Without an address or a
 * quotation right below, only the exact form of a mail program counts: a date with a time, then a name.
 */
export function attributionLength(lines: readonly string[], at: number): number {
  if (!mayBegin(lines[at] ?? '')) return 0
  let text = ''
  for (let i = at; i < Math.min(lines.length, at + MAX_LINES + 2); i++) {
    const line = lines[i]!.trim()
    if (line === '') {
      if (/^<$|^<?mailto:/.test(lines[i + 1]?.trim() ?? '')) continue
      return 0
    }
    // a new beginning: the line above was the customer's
    if (i > at && startsDated(line) && !/[<(",]$/.test(text)) return 0
    text = `${text} ${line}`.replace(/\s+/g, ' ').trim()
    if (text.length > MAX_CHARACTERS) return 0
    if (isAttribution(text.replace(/^[-*_\s]+|[*_\s]+$/g, ''), lines.slice(i + 1, i + 4))) return i + 1 - at
  }
  return 0
}

function mayBegin(line: string): boolean {
  return line.length <= MAX_CHARACTERS && (startsDated(line.trim()) || NAME_WROTE.test(`${line.trim()} `))
}

/** A date within the first words: "On Tue, 3 Feb", "Am 3.2.2020", "ср, 30 апр.", "2024年5月". */
function startsDated(line: string): boolean {
  const head = line.replace(/^[-*_>\s]+/, '').slice(0, 70)
  const date = DATE.exec(head)
  if (!date) return /^(?:On|Le|Am|El|Il|Op|Em|Den|På)\s.{0,80}[<(]/u.test(head)
  const before = head.slice(0, date.index).trim()
  return before === '' || (before.split(/\s+/).length <= 5 && !/[!?;]|[.:]\s\p{Lu}/u.test(before))
}

function isAttribution(text: string, below: readonly string[]): boolean {
  if (SENTENCE.test(text)) return false
  const dated = startsDated(text)
  const addressed = ADDRESS.test(text)
  const quoteFollows = /^\s*(?:[>|]|\w{1,20}>)/.test(below.find((line) => line.trim() !== '') ?? '')
  if (VERB_LAST.test(text.slice(-80))) return (dated && (addressed || quoteFollows || namesWriter(text))) || NAME_WROTE.test(text)
  if (NAME_WROTE.test(text) && /[:：]$/.test(text)) return DATE.test(text) && ANY_VERB.test(text.replace(NAME_WROTE, ''))
  if (!dated) return false
  if (BRACKETED_END.test(text)) return true
  const name = VERB_FIRST.exec(text)?.groups?.name
  if (name) return ADDRESS.test(name) || quoteFollows || (TIME.test(text) && /^["'\p{Lu}]/u.test(name))
  return isGoogleDate(text, addressed, below[0])
}

function namesWriter(text: string): boolean {
  const name = NAME_BEFORE_VERB.exec(text)?.groups?.name
  return TIME.test(text) && name !== undefined && (!name.includes(' ') || /^["'\p{Lu}]|\P{ASCII}/u.test(name))
}

/** Older Gmail writes no verb: "2016-03-03 17:21 GMT+01:00 Ann Lee <ann@x.example>:". */
function isGoogleDate(text: string, addressed: boolean, after: string | undefined): boolean {
  const zone = GOOGLE_DATE.exec(text)
  if (!zone) return false
  if (zone.groups?.zone) return !addressed || /[>:：]$/.test(text)
  return addressed && /[>:：]$/.test(text) && (after ?? '').trim() === ''
}
