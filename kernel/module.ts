import type { Job, Schedule } from './job.ts'
import type { LiveSource } from './live.ts'
import type { Reaction } from './reaction.ts'
import type { Route } from './route.ts'

/** What a module's front door hands to the server: everything it serves, reacts to, does later and shows live. */
export type Module = {
  name: string
  routes?: readonly Route[]
  reactions?: readonly Reaction[]
  jobs?: readonly Job[]
  schedules?: readonly Schedule[]
  live?: readonly LiveSource[]
}
