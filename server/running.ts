import { engineOf } from './engine.ts'
import { startRiver } from './events/river.ts'
import { startMailServer } from './mail-server.ts'
import { modules } from './modules.ts'
import type { Flowing, Parts, Running } from './parts.ts'
import type { Settings } from './settings.ts'
import { startWeb } from './web.ts'

type Starter = (parts: Flowing) => Promise<Running>

/** Starts what reads the event log; a `web` process leaves reactions and jobs to the workers. */
export async function openRiver(parts: Parts): Promise<{ flowing: Flowing; running: Running }> {
  let poke = () => {}
  const engine = engineOf({ ...parts, committed: () => poke() })
  const river = await startRiver({ engine, url: parts.database.url, modules, log: parts.log, works: parts.settings.role !== 'web' })
  poke = river.poke
  return { flowing: { ...parts, engine, river }, running: { name: 'The event log', stop: river.stop } }
}

/** The parts of a role in the order they start. They stop in the opposite order: first those that take things in. */
export function starters(role: Settings['role']): Starter[] {
  return role === 'worker' ? [] : [startWeb, startMailServer]
}
