import type { Tx } from '../../kernel/context.ts'
import type { River } from '../../server/events/river.ts'
import { headOf } from '../../server/events/tail.ts'

export type Settling = { river: River; db: Tx }

/** Waits until every committed event has its position and was shown live. Answers the last position. */
export async function settle({ river, db }: Settling): Promise<number> {
  for (let tries = 0; tries < 1000; tries++) {
    const waiting = await db.selectFrom('event_log').select('id').where('position', 'is', null).limit(1).executeTakeFirst()
    const head = await headOf(db)
    if (!waiting && river.live.position() >= head) {
      river.live.beatHearts()
      return head
    }
    river.poke()
    await new Promise((done) => setTimeout(done, 5))
  }
  throw new Error('The river did not settle within 5 s.')
}
