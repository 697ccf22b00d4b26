import { compose, type Stage } from './compose.ts'
import { frameBytes } from './frames.ts'
import { rememberAudiences } from './remembered.ts'
import { headOf, readEvents } from './tail.ts'
import type { Onlooker } from './watch.ts'

/** The longest gap that is replayed; after a longer one the client fetches anew. */
export const longestGap = 1000

/**
 * What a viewer missed since a position: the things changed since as they are now, or the lines of the log. A mark from
 * the future is another node's that is ahead of us, or that of a database since restored from a backup.
 */
export async function replay(
  stage: Omit<Stage, 'remembered'>,
  viewer: Onlooker,
  { since, through }: { since: number; through: number },
): Promise<Buffer[]> {
  const reset = [frameBytes('reset', through, { position: through })]
  if (since > through) return since > (await headOf(stage.db)) ? reset : []
  if (through - since > longestGap) return reset
  const events = await readEvents(stage.db, { after: since, through, limit: longestGap })
  const programme = await compose({ ...stage, remembered: rememberAudiences(longestGap) }, [viewer], events)
  return programme(viewer)
}
