import { z } from 'zod'
import { SubjectKind } from '../../contract/event.ts'
import type { Actor } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** What a connection shows on its screen: whole kinds, or single things of a kind. */
export type Watch = ReadonlyMap<SubjectKind, 'all' | ReadonlySet<string>>

/** Who looks on at what. `watch` null follows the log itself. */
export type Onlooker = { actor: Actor; watch: Watch | null }

const Declared = z.union([
  SubjectKind.transform((kind) => ({ kind, id: null })),
  z.templateLiteral([SubjectKind, ':', z.uuid()]).transform(splitThing),
])

function splitThing(text: string): { kind: SubjectKind; id: string } {
  const [kind, id] = text.split(':')
  return { kind: SubjectKind.parse(kind), id: String(id).toLowerCase() }
}

/** Reads `conversation,person:0190…`. */
export function parseWatch(text: string): Watch {
  const watch = new Map<SubjectKind, 'all' | Set<string>>()
  for (const word of text.split(',').filter(Boolean)) {
    const declared = Declared.safeParse(word)
    if (!declared.success) throw new Refusal('invalid', 'unknown_watch', `One cannot watch “${word.slice(0, 100)}”.`)
    const { kind, id } = declared.data
    const already = watch.get(kind)
    if (id === null) watch.set(kind, 'all')
    else if (already === undefined) watch.set(kind, new Set([id]))
    else if (already !== 'all') already.add(id)
  }
  return watch
}

/** Whether a thing is on the screen, and whether it was named itself. */
export function watched(watch: Watch, { kind, id }: { kind: SubjectKind; id: string }): 'by kind' | 'by name' | null {
  const shown = watch.get(kind)
  if (shown === undefined) return null
  if (shown === 'all') return 'by kind'
  return shown.has(id) ? 'by name' : null
}
