import { HEADER_NAMES } from './languages.ts'

type Kind = keyof typeof HEADER_NAMES

const KINDS = new Map<string, Kind>()
for (const kind of Object.keys(HEADER_NAMES) as Kind[]) {
  for (const name of HEADER_NAMES[kind]) if (!KINDS.has(name.toLowerCase())) KINDS.set(name.toLowerCase(), kind)
}

const LABEL = /^[\s*_]{0,10}([^\s:：*_][^:：*_]{0,24}?)[\s*_]{0,4}[:：][\s*_]*/

/** Which header of a copied message this line is: `*Gesendet:* Montag …` → `sent`. */
export function headerKind(line: string): Kind | null {
  const label = LABEL.exec(line)?.[1]
  return (label && KINDS.get(label.trim().toLowerCase())) || null
}

/**
 * How many lines the copied headers of a message take that begin at this line; 0 when these are no such headers.
 * A traveller's "From: Berlin / To: Rome / Date: 3 May" is none: mail headers name a subject, a sending time or an address.
 */
export function headerBlockLength(lines: readonly string[], at: number): number {
  const first = headerKind(lines[at] ?? '')
  if (first !== 'from' && first !== 'sent' && first !== 'date' && first !== 'subject') return 0
  const seen = new Set<Kind>()
  let end = at
  for (let i = at, wrapped = 0; i < lines.length && i < at + 30; i++) {
    const kind = headerKind(lines[i]!)
    if (kind) {
      seen.add(kind)
      end = i + 1
      wrapped = 0
    } else if (lines[i]!.trim() === '') {
      if (!headerKind(lines[i + 1] ?? '')) break
    } else if (++wrapped > 4) break
  }
  const block = lines.slice(at, end).join('\n')
  return isMessageHeader(seen, block) ? end - at : 0
}

function isMessageHeader(seen: ReadonlySet<Kind>, block: string): boolean {
  const when = seen.has('sent') || seen.has('date')
  const addressed = /[^\s@]@[^\s@]/.test(block)
  if (!seen.has('from')) return seen.has('sent') && seen.has('subject') && seen.has('to')
  if (seen.has('subject')) return when || seen.has('to') || addressed
  return seen.has('sent') ? seen.has('to') || addressed : when && seen.has('to') && addressed
}
