import { Parser } from 'htmlparser2'
import { type HtmlLine, htmlLines } from './html-text.ts'
import { attributionLength } from './split/attribution.ts'
import { headerBlockLength, headerKind } from './split/header-block.ts'
import { isMessageRule } from './split/message-rule.ts'

/** HTML in two. Both halves are fragments as sent: each goes through `safeHtml`, which closes what the cut left open. */
export type SplitHtml = { fresh: string; quoted: string | null }

const MAX_HTML = 1_000_000

/** Cuts a mail's HTML where the quoted message begins. When there are words below it, or none above, nothing is cut. */
export function splitHtml(html: string): SplitHtml {
  const whole = { fresh: html, quoted: null }
  if (html.length > MAX_HTML) return whole
  const lines = htmlLines(html)
  const cut = earliest([markedQuote(html, lines), writtenQuote(lines)])
  if (!cut) return whole
  const start = withAttribution(lines, cut.start)
  const above = hasWords(lines, 0, start)
  const below = cut.end !== null && hasWords(lines, cut.end, html.length)
  if (above && !below) return { fresh: html.slice(0, start), quoted: html.slice(start) }
  if (!above && below && cut.end !== null) return { fresh: html.slice(cut.end), quoted: html.slice(0, cut.end) }
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
  const parser: Parser = new Parser({
    onopentag(name, attributes) {
      if (found?.end === null && depth > 0) depth += 1
      if (found) return
      const mark = quoteMark(name, attributes)
      if (mark === null || (mark === 'rule' && !headersFollow(lines, parser.startIndex))) return
      found = { start: parser.startIndex, end: null }
      if (mark === 'element') depth = 1
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

const QUOTE_CLASSES =
  /(?:^|\s)(?:gmail_quote|gmail_extra_quote|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|moz-forward-container|WordSection1_quoted|ms-outlook-mobile-reference-message|gmx_quote|front-blockquote|mailspring-quote|x_gmail_quote)(?:\s|$)/
const REST_IDS =
  /^(?:x_)*(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION|stopSpelling|replySplit|zwchr|ymail_android_signature_quote|isReplyContent|reply-intro)$/i

/** `element`: the element holds the quotation; `rest`: it begins here; `rule`: only if copied headers follow. */
function quoteMark(name: string, attributes: Record<string, string>): 'element' | 'rest' | 'rule' | null {
  const { id = '', class: classes = '', style = '', type = '' } = attributes
  if (name === 'blockquote' && (type.toLowerCase() === 'cite' || QUOTE_CLASSES.test(classes))) return 'element'
  if (/(?:^|\s)gmail_quote_container|(?:^|\s)gmail_quote/.test(classes) || QUOTE_CLASSES.test(classes)) return 'element'
  if (REST_IDS.test(id) || /(?:^|\s)(?:OutlookMessageHeader|moz-cite-prefix)(?:\s|$)/.test(classes))
    return classes.includes('moz-cite-prefix') ? 'rule' : 'rest'
  if (name === 'hr' || /border-top\s*:\s*(?:solid|1(?:\.0)?p[tx])/i.test(style)) return 'rule'
  return null
}

function headersFollow(lines: readonly HtmlLine[], from: number): boolean {
  const next = lines.findIndex((line) => line.start >= from && /[^\s_]/.test(line.text))
  if (next < 0 || !headerKind(lines[next]!.text)) return false
  return headerBlockLength(texts(lines), next) > 0
}

/** Where the words themselves say so: copied headers, "-----Original Message-----", an attribution with nothing marked. */
function writtenQuote(lines: readonly HtmlLine[]): Cut | null {
  const all = texts(lines)
  for (let i = 1; i < all.length; i++) {
    if (all[i] === '' || all[i]!.startsWith('>')) continue
    if (isMessageRule(all, i) || headerBlockLength(all, i) > 0) return { start: lines[i]!.start, end: null }
  }
  return null
}

/** "On Monday Ann wrote:" right above a quotation goes with it. */
function withAttribution(lines: readonly HtmlLine[], start: number): number {
  const all = texts(lines)
  let last = lines.findLastIndex((line) => line.start < start)
  while (last >= 0 && /^[>\s]*$/.test(all[last]!)) last -= 1
  for (let i = last; i >= 0 && i > last - 5; i--) {
    if (i + attributionLength(all, i) === last + 1) return lines[i]!.start
  }
  return start
}

function texts(lines: readonly HtmlLine[]): string[] {
  return lines.map((line) => line.text)
}

function hasWords(lines: readonly HtmlLine[], from: number, to: number): boolean {
  return lines.some((line) => line.start >= from && line.start < to && /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(line.text))
}
