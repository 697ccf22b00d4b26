/** What a mail may load inside its frame: our own inline images always, the world's only when the reader asked. Nothing runs. */
export function safeDocument(html: string, may: { remoteImages: boolean; origin: string; lang?: string | undefined }): string {
  const images = may.remoteImages ? `${may.origin} data: https: http:` : `${may.origin} data:`
  const policy = `default-src 'none'; img-src ${images}; style-src 'unsafe-inline'; font-src 'none'; form-action 'none'; base-uri 'none'`
  const lang = may.lang ? ` lang="${may.lang.replace(/[^A-Za-z0-9-]/g, '')}"` : ''
  return [
    `<!doctype html><html${lang}><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="referrer" content="no-referrer"><base target="_blank">',
    `<style>${paper}</style></head><body dir="auto">${html}</body></html>`,
  ].join('')
}

/** Mail is written for white paper: it keeps it in the dark as well, a little softened, so that its own colours stay readable. */
const paper = `
html { color-scheme: light; background: transparent; }
body { margin: 0; padding: 0; color: #25211c; font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; overflow: hidden; }
body > :first-child { margin-top: 0; } body > :last-child { margin-bottom: 0; }
p { margin: 0 0 .6em; } a { color: #0b6466; }
img { max-width: 100%; height: auto; } table { max-width: 100%; } pre { white-space: pre-wrap; }
blockquote { margin: .4em 0; padding-inline-start: 12px; border-inline-start: 2px solid #d3cabc; color: #575047; }
`
