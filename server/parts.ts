import type { Engine } from '../kernel/transact.ts'
import type { River } from './events/river.ts'
import type { Log } from './log.ts'
import type { OpenDatabase } from './open-database.ts'
import type { Secrets } from './secrets.ts'
import type { Settings } from './settings.ts'

/** What every part of the server is built from. */
export type Parts = { settings: Settings; secrets: Secrets; database: OpenDatabase; log: Log }

/** The same once the event log is being read: what answers people stands on it. */
export type Flowing = Parts & { engine: Engine; river: River }

/** A part that runs until it is stopped. `lines` are told to whoever started Sinew. */
export type Running = { name: string; lines?: string[]; stop(): Promise<void> }
