import { Parser } from 'htmlparser2'
import { type HtmlLine, htmlLines } from './html-text.ts'
import { shallow } from './shallow.ts'
import { attributionLength } from './split/attribution.ts'
import { headerBlockLength } from './split/header-block.ts'
import { quotedTail } from './split-text.ts'

/** HTML in two. Both halves are fragments as sent: each goes through `safeHtml`, which closes what the cut left open. */
export type SplitHtml = { fresh: string; quoted: string | null }

const MAX_HTML = 1_000_000

/** Cuts a mail's HTML where the quoted message begins. When there are words below it, or none above, nothing is cut. */
export function splitHtml(sent: string): SplitHtml {
  const html = shallow(sent)
  const whole = { fresh: html, quoted: null }
  if (html.length > MAX_HTML) return whole
  const lines = htmlLines(html)
  const cut = earliest([markedQuote(html, lines), writtenQuote(lines)])
  if (!cut) return whole
  const start = attributionStart(lines, cut.start) ?? cut.start
  const above = hasWords(lines, 0, start)
  const below = cut.end !== null && hasWords(lines, cut.end, html.length)
  if (above && !below) return { fresh: html.slice(0, start), quoted: html.slice(start) }
  if (!above && below && cut.end !== null && !hasQuotes(lines, cut.end))
    return { fresh: html.slice(cut.end), quoted: html.slice(0, cut.end) }
  return whole
}

/** `end`: where the quotation closes, or null when everything that follows belongs to it. */
type Cut = { start: number; end: number | null }

function earliest(cuts: readonly (Cut | null)[]): Cut | null {
  return cuts.reduce((first, cut) => (first && (!cut || first.start <= cut.start) ? first : cut), null)
}

/** The first element by which a mail program marks a quotation. */
function markedQuote(html: string, lines: readonly HtmlLine[]): Cut | null {
  let found: Cut | null = null
  let depth = 0
  let doubts = 0
  const parser: Parser = new Parser({
    onopentag(name, attributes) {
      if (depth > 0) depth += 1
      if (found) return
      const mark = quoteMark(name, attributes)
      const certain = mark === 'element' || mark === 'rest'
      if (mark === null || (!certain && (doubts++ > MAX_DOUBTS || !confirmed(mark, lines, parser.startIndex)))) return
      found = { start: parser.startIndex, end: null }
      if (mark === 'element' || mark === 'blockquote') depth = 1
    },
    onclosetag() {
      if (!found || depth === 0) return
      depth -= 1
      if (depth === 0) found.end = parser.endIndex + 1
    },
  })
  parser.end(html)
  return found
}

/** Rules and indented blocks that turn out to be none: after so many, the next are not worth the look. */
const MAX_DOUBTS = 100

const QUOTE_CLASS =
  /(?:^|\s)(?:x_)*(?:gmail_quote(?:_container)?|gmail_extra_quote|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|gmx_quote|front-blockquote|mailspring-quote|moz-forward-container)(?:\s|$)/
const REST_CLASS = /(?:^|\s)(?:x_)*(?:OutlookMessageHeader|ms-outlook-mobile-reference-message)(?:\s|$)/
const REST_ID = /^(?:x_)*(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION|stopSpelling)$/i

/** The element holds the quotation, or the rest of the mail is quoted from here, or it depends on the words around. */
type Mark = 'element' | 'rest' | 'rule' | 'blockquote'

function quoteMark(name: string, { id = '', class: classes = '', style = '', type = '' }: Record<string, string>): Mark | null {
  if (QUOTE_CLASS.test(classes) || (name === 'blockquote' && type.toLowerCase() === 'cite')) return 'element'
  if (REST_ID.test(id) || REST_CLASS.test(classes)) return 'rest'
  if (name === 'blockquote') return 'blockquote'
  return name === 'hr' || /border-top\s*:\s*(?:solid|1(?:\.0)?p[tx])/i.test(style) ? 'rule' : null
}

function confirmed(mark: Mark, lines: readonly HtmlLine[], at: number): boolean {
  if (mark === 'blockquote') return attributionStart(lines, at) !== null
  let next = firstAfter(lines, at)
  while (next < lines.length && !/[^\s_]/.test(lines[next]!.text)) next += 1
  return headerBlockLength(window(lines, next), 0) > 0
}

/** Where the words themselves say so: copied headers, "-----Original Message-----", lines that begin with `>`. */
function writtenQuote(lines: readonly HtmlLine[]): Cut | null {
  const tail = quotedTail(lines.map((line) => line.text))
  return tail > 0 ? { start: lines[tail]!.start, end: null } : null
}

/** "On Monday Ann wrote:" right above a quotation goes with it: where it begins. */
function attributionStart(lines: readonly HtmlLine[], quote: number): number | null {
  let last = firstAfter(lines, quote) - 1
  while (last >= 0 && lines[last]!.text === '') last -= 1
  for (let i = last; i >= 0 && i > last - 5; i--) {
    if (i + attributionLength(window(lines, i), 0) === last + 1) return lines[i]!.start
  }
  return null
}

function window(lines: readonly HtmlLine[], from: number): string[] {
  return lines.slice(from, from + 40).map((line) => line.text)
}

/** The first line that begins at or after this place; lines are in the order of the document. */
function firstAfter(lines: readonly HtmlLine[], place: number): number {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (lines[middle]!.start < place) low = middle + 1
    else high = middle
  }
  return low
}

function hasQuotes(lines: readonly HtmlLine[], from: number): boolean {
  return lines.some((line) => line.start >= from && (line.quotes > 0 || line.text.startsWith('>')))
}

function hasWords(lines: readonly HtmlLine[], from: number, to: number): boolean {
  return lines.some((line) => line.start >= from && line.start < to && /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(line.text))
}
