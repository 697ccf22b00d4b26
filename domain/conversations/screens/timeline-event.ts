import type { HappenedView } from '../../../contract/timeline.ts'
import type { Actor } from '../../../kernel/context.ts'

export type EventRow = {
  id: number
  name: string
  data: Record<string, unknown>
  actorKind: string
  actorId: string
  actorName: string | null
  whomId: string | null
  whom: string | null
}

/** One thing that happened, in facts. The reader's language makes the sentence. */
export function eventOf(reader: Actor, it: EventRow, at: string): HappenedView {
  const { conversationId: _id, historic: _historic, at: _at, ...facts } = it.data
  return {
    type: 'event',
    id: String(it.id),
    at: new Date(at).toISOString(),
    name: it.name,
    by: { kind: it.actorKind, name: it.actorName, self: it.actorKind === reader.kind && it.actorId === reader.id },
    whom: it.whom === null ? null : { name: it.whom, self: reader.kind === 'person' && it.whomId === reader.id },
    facts,
  }
}
