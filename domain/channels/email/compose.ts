/** Plain words as HTML: paragraphs, line ends and indents as written, nothing that acts. */
export function textToHtml(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${lines(paragraph)}</p>`)
    .join('\n')
}

const lines = (text: string) =>
  escaped(text)
    .replace(/^ +/gm, (spaces) => '&nbsp;'.repeat(spaces.length))
    .replaceAll('\n', '<br>\n')

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (it) => entities[it] ?? it)

/** What somebody said before, as an answer quotes it. `html` must be safe already. */
export type Said = { at: Date; name: string; address: string | null; text: string; html: string | null }

const mostQuoted = 100_000

/** The quotation below an answer, in the form mail programs fold away. */
export function quotation({ at, name, address, text, html }: Said): { text: string; html: string } {
  const who = name.trim() === '' || name === address ? (address ?? name) : address ? `${name} <${address}>` : name
  const intro = `On ${spoken(at)} ${who} wrote:`
  const said = text.slice(0, mostQuoted).toWellFormed().trimEnd()
  const marked = said
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()))
    .join('\n')
  const body = html === null || html.length > mostQuoted ? textToHtml(said) : withoutImages(html)
  return {
    text: `${intro}\n${marked}`,
    html: `<div class="gmail_quote"><div class="gmail_attr">${escaped(intro)}<br></div><blockquote class="gmail_quote" type="cite">${body}</blockquote></div>`,
  }
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

// As Gmail says it, which every program knows how to fold. The reader's time zone is not ours to guess.
function spoken(at: Date): string {
  const hour = at.getUTCHours()
  const clock = `${hour % 12 || 12}:${String(at.getUTCMinutes()).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`
  return `${days[at.getUTCDay()]}, ${months[at.getUTCMonth()]} ${at.getUTCDate()}, ${at.getUTCFullYear()} at ${clock}`
}

// Pictures of a mail lie with us behind a sign-in, or with others who would learn of it.
const withoutImages = (html: string) => html.replace(/<img\b[^>]*>/gi, '')

/** A whole page of HTML around what we showed ourselves; pictures that were held back from us load where it arrives. */
export function htmlPage(...parts: readonly string[]): string {
  const body = parts.map((it) => it.replace(/(<img\b[^>]*?\s)data-remote-src="/gi, '$1src="')).join('\n')
  return `<!doctype html>\n<html><head><meta charset="utf-8"></head><body>\n${body}\n</body></html>\n`
}
