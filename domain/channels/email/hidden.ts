import { Parser } from 'htmlparser2'
import { without } from './shallow.ts'

/** Content the sender hid from the reader: preview lines, tracking words. */
export function isHidden(style: string | undefined): boolean {
  return style !== undefined && /(?:^|;)\s*(?:display\s*:\s*none|mso-hide\s*:\s*all)/i.test(style)
}

/** HTML without hidden elements, which would come to light when `display` is not allowed. */
export function withoutHidden(html: string): string {
  if (!/display\s*:\s*none|mso-hide/i.test(html)) return html
  const cuts: [from: number, to: number][] = []
  let depth = 0
  let start = 0
  const parser: Parser = new Parser({
    onopentag(_, attributes) {
      if (depth > 0) depth += 1
      else if (isHidden(attributes.style)) {
        depth = 1
        start = parser.startIndex
      }
    },
    onclosetag() {
      if (depth === 0) return
      depth -= 1
      if (depth === 0) cuts.push([start, parser.endIndex + 1])
    },
  })
  parser.end(html)
  return without(html, cuts)
}
