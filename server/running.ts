import type { Engine } from '../kernel/transact.ts'
import { engineOf } from './engine.ts'
import { type River, startRiver } from './events/river.ts'
import type { Log } from './log.ts'
import { startMailServer } from './mail-server.ts'
import { modules } from './modules.ts'
import type { OpenDatabase } from './open-database.ts'
import type { Secrets } from './secrets.ts'
import type { Settings } from './settings.ts'
import { startWeb } from './web.ts'

/** What every part of the server is built from. */
export type Parts = { settings: Settings; secrets: Secrets; database: OpenDatabase; log: Log }

/** The same once the event log is being read: what answers people stands on it. */
export type Flowing = Parts & { engine: Engine; river: River }

/** A part that runs until it is stopped. `lines` are told to whoever started Sinew. */
export type Running = { name: string; lines?: string[]; stop(): Promise<void> }

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
