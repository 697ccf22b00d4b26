import type { LogItem } from '../../contract/stream.ts'
import type { Actor, Tx } from '../../kernel/context.ts'
import type { LiveSource } from '../../kernel/live.ts'
import { audiencesOf, itemOf, knows } from './sight.ts'
import { readEvents } from './tail.ts'

type Asked = { after?: number | undefined; limit: number }

/** How many events one request may look at: an asker who sees little gets short pages, not a slow answer. */
const looked = 1000
const batch = 200

/** A page of the log as the actor may see it. `next` is null only at the log's end, so a short page may go on. */
export async function pageOfEvents(
  { tx, actor }: { tx: Tx; actor: Actor },
  sources: readonly LiveSource[],
  { after = 0, limit }: Asked,
): Promise<{ items: LogItem[]; next: string | null }> {
  const items: LogItem[] = []
  let position = after
  for (let seen = 0; seen < looked; seen += batch) {
    const events = await readEvents(tx, { after: position, limit: batch })
    const audiences = actor.audience === null ? new Map() : await audiencesOf(tx, sources, events)
    for (const event of events) {
      if (items.length === limit) return { items, next: String(position) }
      position = event.position
      if (knows(actor, event.subject, audiences)) items.push(itemOf(event, actor))
    }
    if (events.length < batch) return { items, next: null }
  }
  return { items, next: String(position) }
}
