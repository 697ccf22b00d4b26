import { openLog } from '../log.ts'
import { openDatabase } from '../open-database.ts'
import type { Settings } from '../settings.ts'

/** Migrates the database of these settings and says where it is then. */
export async function migrateCommand(settings: Settings): Promise<void> {
  const database = await openDatabase(settings, 'tool', openLog('warn'))
  try {
    const { rows } = await database.pool.query<{ number: number }>('select coalesce(max(number), 0) as number from migrations')
    console.log(`The database is at migration ${rows[0]?.number}.`)
  } finally {
    await database.close()
  }
}
