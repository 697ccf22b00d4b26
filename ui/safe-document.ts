/** What a mail may load inside its frame: our own inline images always, the world's only when the reader asked. Nothing runs. */
export function safeDocument(
  html: string,
  may: { remoteImages: boolean; origin: string; lang?: string | undefined; ink?: Ink | null },
): string {
  const images = may.remoteImages ? `${may.origin} data: https: http:` : `${may.origin} data:`
  const policy = `default-src 'none'; img-src ${images}; style-src 'unsafe-inline'; font-src 'none'; form-action 'none'; base-uri 'none'`
  const lang = may.lang ? ` lang="${may.lang.replace(/[^A-Za-z0-9-]/g, '')}"` : ''
  return [
    `<!doctype html><html${lang}><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="referrer" content="no-referrer"><base target="_blank">',
    `<style>${may.ink ? inkStyle(may.ink) : paperStyle}${common}</style></head><body dir="auto">${may.remoteImages ? loaded(withoutEmptyEnd(html)) : withoutEmptyEnd(html)}</body></html>`,
  ].join('')
}

// The server keeps the address of an image elsewhere beside the image, so that nothing loads by accident.
const loaded = (html: string) => html.replace(/(<img [^>]*)data-remote-src=/gi, '$1src=')

const emptyEnd = /(?:<br\s*\/?>|<(p|div|span)(?: [^<>]*)?>(?:\s|&nbsp;|<br\s*\/?>){0,9}<\/\1>|\s|&nbsp;)$/i

// Mail programs leave empty lines before a quotation; with the quotation folded they are only a hole.
function withoutEmptyEnd(html: string): string {
  let rest = html
  for (let cuts = 0; cuts < 20 && emptyEnd.test(rest.slice(-300)); cuts++)
    rest = rest.slice(0, -300) + rest.slice(-300).replace(emptyEnd, '')
  return rest
}

/** Colours of the page around, for words that bring none of their own. */
export type Ink = { scheme: 'light' | 'dark'; text: string; quiet: string; link: string; line: string }

/** Whether a mail sets colours itself. Such a mail was painted on white and keeps its paper, in the dark as well. */
export const isPainted = (html: string): boolean => /\b(?:bgcolor|background(?:-color|-image)?|color)\s*[=:]/i.test(html)

const inkStyle = ({ scheme, text, quiet, link, line }: Ink) =>
  `html { color-scheme: ${scheme}; } body { color: ${text}; } a { color: ${link}; } blockquote { border-color: ${line}; color: ${quiet}; }`

const paperStyle =
  'html { color-scheme: light; } body { color: #25211c; } a { color: #0b6466; } blockquote { border-color: #d3cabc; color: #575047; }'

const common = `
html { background: transparent; }
body { margin: 0; padding: 0; font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; overflow-y: hidden; }
body > :first-child { margin-top: 0; } body > :last-child { margin-bottom: 0; }
p { margin: 0 0 .6em; }
img { max-width: 100%; height: auto; } table { max-width: 100%; } pre { white-space: pre-wrap; }
blockquote { margin: .4em 0; padding-inline-start: 12px; border-inline-start: 2px solid; }
`
