import { announce } from './announce.ts'
import { type Log, openLog } from './log.ts'
import { openDatabase } from './open-database.ts'
import type { Running } from './parts.ts'
import { expectFree } from './ports.ts'
import { openRiver, starters } from './running.ts'
import { readSecrets } from './secrets.ts'
import type { Settings } from './settings.ts'
import { stopRequested, undoList, within } from './stopping.ts'

/** How long what is under way may take to end, in milliseconds. */
const patience = 10_000

/** Runs Sinew until it is asked to stop: database, secrets, then the parts that answer people; stopped in the opposite order. */
export async function start(settings: Settings, keepers: readonly number[] = []): Promise<void> {
  const log = openLog(settings.logLevel)
  const stopping = stopRequested(keepers)
  const undo = undoList((name, err) => log.error({ err }, `Stopping ${name} failed.`))
  try {
    if (settings.role !== 'worker') await expectPorts(settings)
    const database = await openDatabase(settings, 'server', log)
    undo.add('the database', database.close)
    stopping.throwIfAborted()
    const secrets = await readSecrets(settings.dataDir)
    const { flowing, running: river } = await openRiver({ settings, secrets, database, log })
    undo.add(river.name, () => stopInTime(river, log))
    const running: Running[] = []
    for (const startPart of starters(settings.role)) {
      const part = await startPart(flowing)
      undo.add(part.name, () => stopInTime(part, log))
      running.push(part)
      stopping.throwIfAborted()
    }
    for (const line of announce(settings, database, running)) console.log(line)
    await new Promise((resolve) => stopping.addEventListener('abort', resolve))
  } catch (error) {
    if (!stopping.aborted) throw error
  } finally {
    if (stopping.aborted) console.log('Stopping …')
    await undo.run()
  }
  console.log('Stopped.')
}

async function expectPorts({ host, port, smtpPort }: Settings): Promise<void> {
  await expectFree({ setting: 'PORT', host, number: port })
  await expectFree({ setting: 'SMTP_PORT', host, number: smtpPort })
}

async function stopInTime(part: Running, log: Log): Promise<void> {
  if (!(await within(patience, part.stop()))) log.warn(`${part.name} did not end in ${patience / 1000} s and was cut off.`)
}
