import { join } from 'node:path'
import type { Engine } from '../kernel/transact.ts'
import type { OpenDatabase } from './open-database.ts'
import { folderStore } from './outside/file-store.ts'
import { authenticateMail } from './outside/mail-authentication.ts'
import { mailOut } from './outside/mail-out.ts'
import type { Secrets } from './secrets.ts'
import type { Settings } from './settings.ts'

type Needs = { settings: Settings; secrets: Secrets; database: Pick<OpenDatabase, 'db'>; committed?: () => void }

/** What runs verbs in this process. `committed` is told after each commit that recorded something. */
export function engineOf({ settings, secrets, database, committed = () => undefined }: Needs): Engine {
  const instance = {
    id: secrets.instanceId,
    baseUrl: settings.baseUrl,
    smtp: `${settings.host === '127.0.0.1' ? 'localhost' : settings.host}:${settings.smtpPort}`,
    replyKeys: secrets.replyAddress,
    files: folderStore(join(settings.dataDir, 'files')),
    mailOut: mailOut(settings.smtpUrl, {
      name: new URL(settings.baseUrl).hostname,
      from: settings.mailFrom,
      folder: join(settings.dataDir, 'outbox'),
      dkim: settings.dkimSelector === undefined ? null : { selector: settings.dkimSelector, privateKey: secrets.dkim },
    }),
    authenticateMail,
  }
  return { db: database.db, instance, clock: () => new Date(), committed }
}
