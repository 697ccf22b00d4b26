import type { Log } from './log.ts'
import type { OpenDatabase } from './open-database.ts'
import type { Secrets } from './secrets.ts'
import type { Settings } from './settings.ts'
import { startWeb } from './web.ts'

/** What every part of the server is built from. */
export type Parts = { settings: Settings; secrets: Secrets; database: OpenDatabase; log: Log }

/** A part that runs until it is stopped. `lines` are told to whoever started Sinew. */
export type Running = { name: string; lines?: string[]; stop(): Promise<void> }

type Starter = (parts: Parts) => Promise<Running>

/** The parts of a role in the order they start. They stop in the opposite order: first those that take things in. */
export function starters(role: Settings['role']): Starter[] {
  const background: Starter[] = []
  const web: Starter[] = [startWeb]
  return { all: [...background, ...web], web, worker: background }[role]
}
