/** More references than any thread needs: the oldest and the newest are enough to find it. */
const MAX_REFERENCES = 100

/** The message identifiers of a header, without brackets, in order, each once. */
export function identifiers(header: string): string[] {
  const bracketed = [...header.matchAll(/<([^<>]{1,500})>/g)].map((found) => found[1]!.replace(/\s+/g, ''))
  const found = bracketed.length > 0 ? bracketed : bare(header)
  const unique = [...new Set(found.filter((id) => id !== ''))]
  return unique.length > MAX_REFERENCES ? [unique[0]!, ...unique.slice(1 - MAX_REFERENCES)] : unique
}

/** The message answered. Old programs put it last, after words: `Message from Bo <bo@x.example> of Tuesday <id@x.example>`. */
export function replyTarget(header: string): string | null {
  const found = identifiers(header)
  const wordy = header.replace(/<[^<>]*>/g, '').trim() !== ''
  return (wordy ? found.at(-1) : found[0]) ?? null
}

/** Some programs forget the brackets; words around an address are no identifier. */
function bare(header: string): string[] {
  const words = header.trim().split(/\s+/)
  return words.every((word) => /^[^\s<>"]{3,500}$/.test(word) && word.includes('@')) ? words : words.length === 1 ? lone(words[0]!) : []
}

function lone(word: string): string[] {
  return /^[^\s<>"]{3,500}$/.test(word) ? [word] : []
}
