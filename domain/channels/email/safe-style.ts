const COLOUR = '(?:#[0-9a-f]{3,8}|[a-z]{3,30}|rgba?\\([\\d\\s.,%/]{1,40}\\))'
const LENGTH = '(?:-?\\d{0,4}(?:\\.\\d{1,4})?(?:px|pt|em|rem|ex|%|in|cm|mm)?|auto|0)'
const SIZE = '(?:\\d{0,4}(?:\\.\\d{1,4})?(?:px|pt|em|rem|ex|%|in|cm|mm)?|auto|0)'
const LINE = '(?:none|hidden|solid|dashed|dotted|double|groove|ridge|inset|outset|thin|medium|thick|initial)'
const FONTS = '[\\w\\s,\'"-]{1,200}'

const several = (value: string, most: number) => new RegExp(`^${value}(?:\\s+${value}){0,${most - 1}}$`, 'i')
const one = (value: string) => several(value, 1)

/** What a customer's mail may do to its own letters, and nothing to our page: no position, no url(), no expression(). */
const ALLOWED: [property: RegExp, value: RegExp][] = [
  [/^(?:color|background-color|background)$/, one(COLOUR)],
  [/^font-size$/, /^(?:\d{1,2}(?:\.\d{1,4})?(?:px|pt|em|rem|%)|1\d\d(?:\.\d{1,2})?%|(?:x{1,2}-)?(?:small|large)|medium|smaller|larger)$/i],
  [/^font-weight$/, /^(?:bold|bolder|lighter|normal|[1-9]00)$/i],
  [/^font-style$/, /^(?:italic|oblique|normal)$/i],
  [/^font-family$/, new RegExp(`^${FONTS}$`)],
  [/^text-decoration(?:-line)?$/, /^(?:underline|line-through|overline|none)$/i],
  [/^text-align$/, /^(?:left|right|center|justify|start|end)$/i],
  [/^text-transform$/, /^(?:uppercase|lowercase|capitalize|none)$/i],
  [/^vertical-align$/, /^(?:top|middle|bottom|baseline|sub|super|text-top|text-bottom)$/i],
  [/^white-space$/, /^(?:normal|pre|pre-wrap|pre-line|nowrap)$/i],
  [/^direction$/, /^(?:ltr|rtl)$/i],
  [/^list-style(?:-type)?$/, /^(?:disc|circle|square|decimal|lower-alpha|upper-alpha|lower-roman|upper-roman|none)$/i],
  [/^line-height$/, /^(?:normal|\d{1,3}(?:\.\d{1,4})?(?:px|pt|em|rem|%)?)$/i],
  [/^(?:padding|margin)(?:-(?:top|right|bottom|left))?$/, several(SIZE, 4)],
  [/^(?:width|max-width|min-width|height|max-height|border-spacing|text-indent)$/, one(LENGTH)],
  [/^border(?:-(?:top|right|bottom|left))?$/, several(`(?:${LINE}|${SIZE}|${COLOUR})`, 3)],
  [/^border(?:-(?:top|right|bottom|left))?-(?:color|style|width)$/, several(`(?:${LINE}|${SIZE}|${COLOUR})`, 4)],
  [/^border-radius$/, several(SIZE, 4)],
  [/^border-collapse$/, /^(?:collapse|separate)$/i],
]

/** The declarations of a style attribute that are harmless; each is checked whole, so splitting cannot be fooled. */
export function safeStyle(style: string): string {
  const kept: string[] = []
  for (const declaration of style.slice(0, 4_000).split(';')) {
    const colon = declaration.indexOf(':')
    if (colon < 0) continue
    const property = declaration.slice(0, colon).trim().toLowerCase()
    const value = declaration
      .slice(colon + 1)
      .replace(/!important\s*$/i, '')
      .trim()
    if (value.length <= 200 && harmless(property, value)) kept.push(`${property}:${value}`)
  }
  return kept.join(';')
}

function harmless(property: string, value: string): boolean {
  return value !== '' && ALLOWED.some(([name, allowed]) => name.test(property) && allowed.test(value))
}
