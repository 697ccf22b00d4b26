import { join } from 'node:path'
import type { OpenDatabase } from './open-database.ts'
import type { Running } from './parts.ts'
import type { Settings } from './settings.ts'

/** What a person who started Sinew wants to know, line by line. */
export function announce(settings: Settings, database: OpenDatabase, running: readonly Running[]): string[] {
  const lines = running.flatMap((part) => part.lines ?? [])
  if (database.elsewhere)
    lines.push(`The database lives in ${database.elsewhere}, because PostgreSQL's user may not enter ${settings.dataDir}.`)
  if (settings.smtpUrl === undefined && settings.role !== 'web') {
    lines.push(`Mail that goes out is written to ${join(settings.dataDir, 'outbox')}, until SMTP_URL names a server.`)
  }
  if (settings.role === 'worker') return [...lines, 'Sinew works in the background.']
  return [...lines, `Sinew is ready at ${settings.baseUrl}`]
}
