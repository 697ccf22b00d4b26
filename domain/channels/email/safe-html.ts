import sanitizeHtml, { type Attributes, type IOptions, type Tag } from 'sanitize-html'
import { withoutHidden } from './hidden.ts'
import { safeStyle } from './safe-style.ts'
import { shallow } from './shallow.ts'

export type SafeHtml = {
  html: string
  /** Images on other people's servers: not loaded, kept as `data-remote-src` for who asks to see them. */
  remoteImages: number
  /** Too long to show; the end is only in the raw mail. */
  truncated: boolean
}

const MAX_HTML = 1_000_000
const MAX_DATA_IMAGE = 200_000
const DATA_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=\s]*$/i

const TAGS =
  'a abbr address b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr'.split(
    ' ',
  )
const DROPPED_WHOLE =
  'script style textarea option select noscript title template object embed applet iframe frame frameset svg math noembed noframes xmp plaintext audio video canvas'.split(
    ' ',
  )
const NUMBERS = ['width', 'height', 'border', 'cellpadding', 'cellspacing', 'colspan', 'rowspan', 'span', 'start', 'value', 'size']
const WORDS = ['align', 'valign', 'dir', 'lang', 'face']
const COLOURS = ['bgcolor', 'color', 'bordercolor']

type InlineUrl = (contentId: string) => string | null

/** A stranger's HTML made fit to stand inside our page: formatting stays, everything that acts, loads or covers goes. */
export function safeHtml(html: string, { inlineUrl }: { inlineUrl: InlineUrl }): SafeHtml {
  const truncated = html.length > MAX_HTML
  const input = shallow(truncated ? html.slice(0, MAX_HTML).toWellFormed() : html)
  const clean = sanitizeHtml(withoutHidden(input), optionsFor(inlineUrl))
  return { html: clean, remoteImages: clean.match(/<img [^>]*data-remote-src="/g)?.length ?? 0, truncated }
}

function optionsFor(inlineUrl: InlineUrl): IOptions {
  return {
    allowedTags: TAGS,
    nonTextTags: DROPPED_WHOLE,
    // every attribute is rebuilt in `transformTags`; these are the names it may produce
    allowedAttributes: {
      '*': ['style', 'title', ...NUMBERS, ...WORDS, ...COLOURS],
      a: ['href', 'target', 'rel'],
      img: ['src', 'alt', 'data-remote-src'],
    },
    parseStyleAttributes: false,
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https', 'data'] },
    allowProtocolRelative: false,
    nestingLimit: 300,
    transformTags: { '*': (name, attributes) => rebuilt(name, attributes, inlineUrl) },
  }
}

function rebuilt(tagName: string, sent: Attributes, inlineUrl: InlineUrl): Tag {
  const attribs = harmless(sent)
  if (tagName === 'a') Object.assign(attribs, link(sent.href))
  if (tagName === 'img') Object.assign(attribs, picture(sent, inlineUrl))
  return { tagName, attribs }
}

function harmless(sent: Attributes): Attributes {
  const kept: Attributes = {}
  for (const [name, value] of Object.entries(sent)) {
    if (name === 'style') kept[name] = safeStyle(value)
    else if (name === 'title') kept[name] = value.slice(0, 300)
    else if (NUMBERS.includes(name) && /^\d{1,4}(?:\.\d+)?%?$/.test(value.trim())) kept[name] = value.trim()
    else if (WORDS.includes(name) && /^[\w\s,'-]{1,100}$/.test(value)) kept[name] = value
    else if (COLOURS.includes(name) && /^#?\w{3,20}$/.test(value.trim())) kept[name] = value.trim()
    if (kept[name] === '') delete kept[name]
  }
  return kept
}

function link(href: string | undefined): Attributes {
  const target = href?.trim() ?? ''
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(target)) return {}
  return { href: target, target: '_blank', rel: 'noopener noreferrer nofollow' }
}

function picture(sent: Attributes, inlineUrl: InlineUrl): Attributes {
  const alt = { alt: (sent.alt ?? '').slice(0, 500) }
  const src = sent.src?.trim() ?? ''
  if (/^cid:/i.test(src)) {
    const url = inlineUrl(decodedId(src.slice(4)))
    return url === null ? alt : { ...alt, src: url }
  }
  if (/^(?:https?:)?\/\//i.test(src)) return { ...alt, 'data-remote-src': src.startsWith('//') ? `https:${src}` : src }
  return DATA_IMAGE.test(src) && src.length <= MAX_DATA_IMAGE ? { ...alt, src } : alt
}

function decodedId(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
