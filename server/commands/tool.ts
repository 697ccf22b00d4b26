import type { Engine } from '../../kernel/transact.ts'
import { engineOf } from '../engine.ts'
import { openLog } from '../log.ts'
import { openDatabase } from '../open-database.ts'
import { createSignIn, type SignIn } from '../outside/sign-in.ts'
import { readSecrets } from '../secrets.ts'
import type { Settings } from '../settings.ts'

/** What a command line tool needs of the instance, whether the server runs beside it or not. */
export type ToolParts = { settings: Settings; engine: Engine; signIn: () => Promise<SignIn>; say: (line: string) => void }

/** Opens the instance for one command and closes it after. */
export async function withInstance(settings: Settings, run: (parts: ToolParts) => Promise<void>): Promise<void> {
  const log = openLog('warn')
  const database = await openDatabase(settings, 'tool', log)
  try {
    const secrets = await readSecrets(settings.dataDir)
    const { baseUrl, port } = settings
    const signIn = () => createSignIn({ db: database.db, instanceId: secrets.instanceId, secret: secrets.staffAuth, baseUrl, port, log })
    await run({ settings, engine: engineOf({ settings, secrets, database }), signIn, say: console.log })
  } finally {
    await database.close()
  }
}
