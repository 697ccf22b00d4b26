import { Fragment } from 'react'

const link = /\bhttps?:\/\/[^\s<>"'“”]+[^\s<>"'“”.,;:!?)\]}]/giu

/** Plain words with their web addresses made clickable; nothing else is interpreted. */
export function LinkedText({ text }: { text: string }) {
  const parts = pieces(text)
  return parts.map((part, index) =>
    part.href ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text's pieces have no other identity and never move
      <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
        {part.words}
      </a>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <Fragment key={index}>{part.words}</Fragment>
    ),
  )
}

export function pieces(text: string): { words: string; href?: string }[] {
  const found: { words: string; href?: string }[] = []
  let from = 0
  for (const match of text.matchAll(link)) {
    if (match.index > from) found.push({ words: text.slice(from, match.index) })
    found.push({ words: match[0], href: match[0] })
    from = match.index + match[0].length
  }
  if (from < text.length) found.push({ words: text.slice(from) })
  return found
}
