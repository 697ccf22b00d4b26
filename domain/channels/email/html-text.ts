import { Parser } from 'htmlparser2'
import { isHidden } from './hidden.ts'
import { shallow } from './shallow.ts'

/** A line a reader sees, in how many quotation blocks it stands, and where in the HTML it begins. */
export type HtmlLine = { text: string; quotes: number; start: number }

const BLOCKS = new Set(
  'address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form header hr html li main nav ol pre section table tbody tfoot thead tr ul'.split(
    ' ',
  ),
)
const PARAGRAPHS = new Set('p h1 h2 h3 h4 h5 h6 blockquote ul ol pre table'.split(' '))
const UNSEEN = new Set('head script style title template noscript object svg math select textarea'.split(' '))
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))
const MAX_QUOTE_DEPTH = 20

/** The text of a mail that has only HTML: lines and paragraphs as seen, quotations marked `>`, links kept. */
export function htmlToText(html: string): string {
  const lines = htmlLines(shallow(html)).map(marked)
  return lines
    .join('\n')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Reads HTML as a stream of lines. Depth costs nothing: there is no tree. */
export function htmlLines(html: string): HtmlLine[] {
  const page = emptyPage()
  let unseen = 0
  const open: { name: string; hides: boolean; href: string | null }[] = []
  const parser: Parser = new Parser({
    onopentag(name, attributes) {
      const hides = UNSEEN.has(name) || isHidden(attributes.style)
      if (!VOID.has(name)) open.push({ name, hides, href: name === 'a' ? (attributes.href ?? null) : null })
      if (hides && !VOID.has(name)) unseen += 1
      if (unseen === 0 && !hides) opened(page, name, attributes, parser.startIndex)
    },
    ontext(text) {
      if (unseen === 0) written(page, text, parser.startIndex)
    },
    onclosetag(name) {
      if (VOID.has(name)) return
      const element = open.pop()
      if (unseen === 0) closed(page, name, element?.href ?? null)
      if (element?.hides) unseen -= 1
    },
  })
  parser.end(html)
  endLine(page)
  return page.lines
}

/** The lines written so far and the one being written. */
type Page = {
  lines: HtmlLine[]
  pieces: string[]
  start: number
  quotes: number
  preformatted: number
  linkText: string[]
  lists: { ordered: boolean; count: number }[]
}

function emptyPage(): Page {
  return { lines: [], pieces: [], start: -1, quotes: 0, preformatted: 0, linkText: [], lists: [] }
}

function opened(page: Page, name: string, attributes: Record<string, string>, at: number): void {
  if (PARAGRAPHS.has(name)) blankLine(page)
  else if (BLOCKS.has(name)) endLine(page)
  if (name === 'br') newLine(page, at)
  else if (name === 'blockquote') page.quotes += 1
  else if (name === 'pre') page.preformatted += 1
  else if (name === 'ul' || name === 'ol') page.lists.push({ ordered: name === 'ol', count: 0 })
  else if (name === 'a') page.linkText = []
  else if (name === 'li') put(page, bullet(page), at)
  else if (name === 'hr') rule(page, at)
  else if (name === 'img' && attributes.alt?.trim()) put(page, `[${attributes.alt.trim().slice(0, 200)}]`, at)
  else if ((name === 'td' || name === 'th') && page.pieces.length > 0) put(page, ' ', at)
}

function written(page: Page, text: string, at: number): void {
  page.linkText.push(text)
  const lines = page.preformatted > 0 ? text.split(/\r?\n/) : [text.replace(/\s+/g, ' ')]
  lines.forEach((line, i) => {
    if (i > 0) newLine(page, at)
    put(page, line, at)
  })
}

function closed(page: Page, name: string, href: string | null): void {
  if (name === 'a') cite(page, href)
  if (name === 'pre') page.preformatted -= 1
  if (name === 'ul' || name === 'ol') page.lists.pop()
  if (BLOCKS.has(name) || PARAGRAPHS.has(name)) endLine(page)
  if (name === 'blockquote') page.quotes = Math.max(0, page.quotes - 1)
  if (PARAGRAPHS.has(name)) blankLine(page)
}

function put(page: Page, text: string, at: number): void {
  if (page.pieces.length > 0) {
    page.pieces.push(text)
    return
  }
  const content = page.preformatted > 0 ? text : text.trimStart()
  if (content === '') return
  page.start = at
  page.pieces.push(content)
}

/** Shows where a link leads unless its words already say so. */
function cite(page: Page, href: string | null): void {
  const target = href?.trim() ?? ''
  const words = page.linkText.join('').trim()
  page.linkText = []
  if (!/^(?:https?:|mailto:)/i.test(target) || words === '' || page.pieces.length === 0) return
  const said = target.replace(/^mailto:/i, '').includes(words) || words.includes(target)
  if (!said) page.pieces.push(` <${target}>`)
}

function bullet(page: Page): string {
  const list = page.lists.at(-1)
  if (list) list.count += 1
  return list?.ordered ? `${list.count}. ` : '- '
}

function rule(page: Page, at: number): void {
  endLine(page)
  put(page, '________________________________', at)
  endLine(page)
}

function newLine(page: Page, at: number): void {
  if (page.pieces.length > 0) endLine(page)
  else page.lines.push({ text: '', quotes: page.quotes, start: at })
}

function endLine(page: Page): void {
  if (page.pieces.length === 0) return
  const text = page.pieces.join('')
  page.pieces = []
  page.lines.push({ text: page.preformatted > 0 ? text : text.replace(/\s+/g, ' ').trim(), quotes: page.quotes, start: page.start })
}

function blankLine(page: Page): void {
  endLine(page)
  const last = page.lines.at(-1)
  if (last && last.text !== '') page.lines.push({ text: '', quotes: page.quotes, start: last.start })
}

function marked({ text, quotes }: HtmlLine): string {
  return quotes === 0 ? text : `${'>'.repeat(Math.min(quotes, MAX_QUOTE_DEPTH))} ${text}`.trimEnd()
}
