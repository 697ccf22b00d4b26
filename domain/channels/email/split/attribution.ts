import { WROTE_FIRST, WROTE_LAST } from './languages.ts'

/** "On Monday Ann wrote:" — how many lines it takes, and whether it alone proves that a message follows. */
export type Attribution = { length: number; certain: boolean }

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
  `(?:^|[\\s>"'”»)\\]】,，:]|&gt;|\\p{Script=Hangul}|\\p{Script=Han}|さん|は)(?:${escaped(WROTE_LAST)})\\s*(?:[:：]|-{2,}|\\.{3})?\\s*-*$`,
  'iu',
)
const VERB_FIRST = new RegExp(`\\s(?:${escaped(WROTE_FIRST).replaceAll(' … ', '\\s.{1,100}\\s')})\\s+(?<name>\\S.{0,150}?)\\s*[:：]$`, 'iu')
const GOOGLE_DATE = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:\s\d{1,2}:\d{2})?(?<zone>\s(?:GMT|UTC)[+-]\d{1,2}(?::?\d{2})?)?\s\S.{1,150}$/
const NAME_WROTE = /^"?[^\s<>"@][^<>@]{0,60}(?:<|&lt;|\[)[^<>\s]{1,200}@[^<>\s]{1,200}(?:>|&gt;|\])\s/

/** The attribution that ends at this line or begins here; the shortest reading wins, so no sentence above is swallowed. */
export function attributionAt(lines: readonly string[], at: number): Attribution | null {
  if (!mayBegin(lines[at] ?? '')) return null
  const joined: string[] = []
  for (let i = at; i < Math.min(lines.length, at + MAX_LINES + 2); i++) {
    const line = lines[i]!.trim()
    if (line === '') {
      if (/^<$|^<?mailto:/.test(lines[i + 1]?.trim() ?? '')) continue
      return null
    }
    if (i > at && startsDated(line) && !/[<("]$/.test(joined.at(-1) ?? '')) return null
    joined.push(line)
    const text = joined.join(' ').replace(/\s+/g, ' ')
    if (text.length > MAX_CHARACTERS) return null
    const found = reading(text, lines, i + 1)
    if (found) return { length: i + 1 - at, certain: found === 'certain' }
  }
  return null
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

function reading(text: string, lines: readonly string[], next: number): 'certain' | 'likely' | null {
  const clean = text.replace(/^[-*_\s]+|[*_\s]+$/g, '')
  const dated = startsDated(clean)
  const addressed = ADDRESS.test(clean)
  const quoteFollows = /^\s*[>|]/.test(lines.slice(next, next + 3).find((line) => line.trim() !== '') ?? '')
  const proven = addressed || TIME.test(clean) || quoteFollows ? 'certain' : 'likely'
  if (VERB_LAST.test(clean)) return dated || NAME_WROTE.test(clean) ? proven : null
  if (!dated) return null
  if (BRACKETED_END.test(clean)) return 'certain'
  const name = VERB_FIRST.exec(clean)?.groups?.name
  if (name && (ADDRESS.test(name) || quoteFollows || /^["'\p{Lu}]/u.test(name))) return proven
  if (GOOGLE_DATE.test(clean)) return googleReading(clean, addressed, lines[next])
  return null
}

/** Older Gmail writes no verb: "2016-03-03 17:21 GMT+01:00 Ann Lee <ann@x.example>:". */
function googleReading(text: string, addressed: boolean, after: string | undefined): 'certain' | null {
  if (GOOGLE_DATE.exec(text)?.groups?.zone) return addressed && !/[>:：]$/.test(text) ? null : 'certain'
  return addressed && /[>:：]$/.test(text) && (after ?? '').trim() === '' ? 'certain' : null
}
