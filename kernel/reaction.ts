import type { EventData, EventName } from '../contract/events.ts'
import type { Context } from './context.ts'

/** What is told to a reaction beside the event's own data. `position` is the event's place in the log. */
export type Told = { position: number; at: Date; historic: boolean; actor: { kind: string; id: string } }

/** What a module does in our own database when something happens elsewhere: exactly once, in order, in its reader's transaction. */
export type Reaction = { on: EventName; historic: boolean; then: (ctx: Context, data: never, told: Told) => Promise<void> }

/** Pairs an event with what follows from it. Imported history is skipped unless `historic` is asked for. */
export function on<N extends EventName>(
  name: N,
  then: (ctx: Context, data: EventData<N>, told: Told) => Promise<void>,
  { historic = false } = {},
): Reaction {
  return { on: name, historic, then }
}
