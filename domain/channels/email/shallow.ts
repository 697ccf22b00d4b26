/** Deeper than any mail program nests; parsers slow down with the square of the depth. */
const MAX_DEPTH = 256

/** Tags that close themselves or are closed by their next sibling do not nest by being left open. */
const FLAT = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|td|th|tr|dd|dt|option|thead|tbody|tfoot)$/i

const TAG = /<(\/?)([a-z][a-z0-9:-]{0,30})(?=[\s/>])/gi

/** HTML without the tags nested beyond any use: their content stays, one level up. */
export function shallow(html: string): string {
  if (html.length < MAX_DEPTH * 4) return html
  const cuts: [from: number, to: number][] = []
  let depth = 0
  for (const tag of html.matchAll(TAG)) {
    if (FLAT.test(tag[2]!)) continue
    const closing = tag[1] === '/'
    if (depth > MAX_DEPTH || (closing && depth === 0)) cuts.push([tag.index, tagEnd(html, tag.index)])
    depth = Math.max(0, depth + (closing ? -1 : 1))
  }
  return cuts.length === 0 ? html : without(html, cuts)
}

function tagEnd(html: string, from: number): number {
  const end = html.indexOf('>', from)
  return end < 0 ? html.length : end + 1
}

/** The text between the cuts, which come in order. */
export function without(html: string, cuts: readonly [number, number][]): string {
  const kept: string[] = []
  let at = 0
  for (const [from, to] of cuts) {
    if (from > at) kept.push(html.slice(at, from))
    at = Math.max(at, to)
  }
  kept.push(html.slice(at))
  return kept.join('')
}
