import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Engine } from '../kernel/transact.ts'
import { type AppParts, buildApp } from './app.ts'
import { folderStore } from './outside/file-store.ts'
import type { Parts, Running } from './running.ts'

/** Serves HTTP. When stopped it takes no new connection, and answers what was asked already. */
export async function startWeb(parts: Parts): Promise<Running> {
  const { settings } = parts
  const app = await buildApp(composeApp(parts))
  await app.listen({ host: settings.host, port: settings.port })
  return {
    name: 'The web server',
    stop: async () => {
      const cut = setTimeout(() => app.server.closeAllConnections(), 9_000)
      await app.close()
      clearTimeout(cut)
    },
  }
}

function composeApp(parts: Parts): AppParts {
  const { settings, log } = parts
  return {
    engine: engineOf(parts),
    modules: [],
    whoIs: async () => null,
    log,
    edge: {
      baseUrl: settings.baseUrl,
      port: settings.port,
      trustProxy: settings.trustProxy as boolean,
      mailLimit: settings.mailSizeLimit,
      version: version(),
      consoleFolder: join(import.meta.dirname, '..', 'dist', 'console'),
    },
  }
}

function engineOf({ settings, secrets, database }: Parts): Engine {
  const files = folderStore(join(settings.dataDir, 'files'))
  const instance = { id: secrets.instanceId, baseUrl: settings.baseUrl, replyKeys: secrets.replyAddress, files }
  return { db: database.db, instance, clock: () => new Date(), committed: () => undefined }
}

// From server/ as from dist/, the package's own description is one folder up.
const version = () => (createRequire(import.meta.url)('../package.json') as { version: string }).version
