import type { SubjectKind } from '../../contract/event.ts'
import type { Actor, Tx } from '../../kernel/context.ts'
import type { LiveSource, LiveView } from '../../kernel/live.ts'
import { sees } from '../../kernel/visibility.ts'
import { frameBytes } from './frames.ts'
import { type Audiences, knows, thing } from './sight.ts'
import type { Happening } from './tail.ts'
import { type Watch, watched } from './watch.ts'

type Thing = Happening['subject']

/** A thing that changed in a batch of events: what happened to it, and the position of the last. */
export type Change = { subject: Thing; position: number; names: string[] }

/** A change with its frames made, whoever gets them. */
export type Frames = { subject: Thing; pick: (actor: Actor, watch: Watch) => Buffer | null }

/** Beyond so many things of one kind in a batch, telling everybody to refetch is less work for everybody. */
export const manyThings = 100

/** The things a batch is about, in the order of their last event: a resume mark then never passes a thing not yet sent. */
export function gather(events: readonly Happening[]): Change[] {
  const changes = new Map<string, Change>()
  for (const { subject, position, name, historic } of events) {
    if (historic) continue
    const key = thing(subject)
    const names = changes.get(key)?.names ?? []
    if (!names.includes(name)) names.push(name)
    changes.delete(key)
    changes.set(key, { subject, position, names })
  }
  return [...changes.values()]
}

/** The kinds that are only told to be stale: history was imported, or too much happened at once. */
export function kindsInBulk(events: readonly Happening[], changes: readonly Change[]): Map<SubjectKind, number> {
  const bulk = new Map<SubjectKind, number>()
  for (const { subject, position, historic } of events) if (historic) bulk.set(subject.kind, position)
  for (const [kind, some] of Map.groupBy(changes, ({ subject }) => subject.kind)) {
    if (some.length > manyThings) bulk.set(kind, some.at(-1)?.position ?? 0)
  }
  return bulk
}

export type Built = { views: Map<string, LiveView>; failed: { kind: SubjectKind; error: unknown }[] }

/** The views of what changed, one query or few per kind, whoever is watching. A kind whose views cannot be built is stale. */
export async function buildViews(tx: Tx, sources: readonly LiveSource[], changes: readonly Change[]): Promise<Built> {
  const built: Built = { views: new Map(), failed: [] }
  for (const { subject: kind, views } of sources) {
    const ids = changes.flatMap(({ subject }) => (subject.kind === kind ? [subject.id] : []))
    if (ids.length === 0) continue
    try {
      for (const view of await views(tx, ids)) built.views.set(thing({ kind, id: view.id }), view)
    } catch (error) {
      built.failed.push({ kind, error })
    }
  }
  return built
}

type Known = { view: LiveView | undefined; before: readonly string[] | undefined; older: boolean }

/**
 * The frames of a thing that has a live source. Those who see it now get its view. Those who no longer do get `gone`
 * when they did before, or when they named the thing. When nobody remembers who saw it before and it is not new, they
 * are told that what they hold of its kind may be stale: that says nothing of which thing it was.
 */
export function framesOfView({ subject, position, names }: Change, { view, before, older }: Known): Frames {
  const { kind, id } = subject
  const shown = view && frameBytes('view', position, { kind, id, view: view.view as { id: string }, names })
  const gone = frameBytes('gone', position, { kind, id })
  const stale = frameBytes('stale', position, { kind })
  const pick = (actor: Actor, watch: Watch) => {
    const how = watched(watch, subject)
    if (!how) return null
    if (shown && sees(actor, view.audience)) return shown
    if (how === 'by name') return gone
    if (before) return sees(actor, before) ? gone : null
    return older ? stale : null
  }
  return { subject, pick }
}

const nobody: Audiences = new Map()

/** The frame of a thing that has no live source: the bare fact, for those who may know. */
export function framesOfFact({ subject, position, names }: Change): Frames {
  const bytes = Buffer.concat(names.map((name) => frameBytes('fact', position, { name, subject })))
  return { subject, pick: (actor, watch) => (watched(watch, subject) && knows(actor, subject, nobody) ? bytes : null) }
}

/** The frame for all that is held of a kind. */
export function framesOfStale(kind: SubjectKind, position: number): Frames {
  const bytes = frameBytes('stale', position, { kind })
  return { subject: { kind, id: '' }, pick: (_actor, watch) => (watch.has(kind) ? bytes : null) }
}
