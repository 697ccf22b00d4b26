import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createWhoIs, newSetupLink } from '../domain/identity/index.ts'
import { transact } from '../kernel/transact.ts'
import { type AppParts, buildApp } from './app.ts'
import { serveEvents } from './events/sse.ts'
import { limitAttempts } from './http/attempts.ts'
import { watchUnderWay } from './http/under-way.ts'
import { systemActor } from './jobs/actor.ts'
import { modules } from './modules.ts'
import { mountSignIn } from './outside/mount-sign-in.ts'
import { createSignIn } from './outside/sign-in.ts'
import type { Flowing, Running } from './parts.ts'

/** Serves HTTP. When stopped it takes no new connection, and answers what was asked already. */
export async function startWeb(parts: Flowing): Promise<Running> {
  const { settings, engine } = parts
  const app = await buildApp(await composeApp(parts))
  const underWay = watchUnderWay(app)
  await app.listen({ host: settings.host, port: settings.port })
  const link = await transact(engine, systemActor('start'), newSetupLink)
  return {
    name: 'The web server',
    lines: link === null ? [] : [`Set it up here, once: ${link}`],
    stop: async () => {
      const closed = app.close()
      // What is left then are connections that never asked anything, as browsers open them in advance.
      await Promise.race([underWay.ended(), new Promise((late) => setTimeout(late, 9_000).unref())])
      app.server.closeAllConnections()
      await closed
    },
  }
}

async function composeApp({ settings, secrets, database, log, engine, river }: Flowing): Promise<AppParts> {
  const { baseUrl, port } = settings
  const { db } = database
  const signIn = await createSignIn({ db, instanceId: secrets.instanceId, secret: secrets.staffAuth, baseUrl, port, log })
  const whoIs = createWhoIs({ db, signIn, now: engine.clock })
  return {
    engine,
    modules,
    whoIs,
    log,
    edge: {
      baseUrl,
      port,
      trustProxy: settings.trustProxy,
      mailLimit: settings.mailSizeLimit,
      version: version(),
      consoleFolder: join(import.meta.dirname, '..', 'dist', 'console'),
    },
    mounts: [
      (app) => mountSignIn(app, { signIn, who: whoIs }),
      (app) => limitAttempts(app, { db, now: engine.clock }),
      (app) => serveEvents(app, { db, live: river.live, sources: river.sources, whoIs: whoIs.afresh }),
    ],
    ailments: async () => ailmentsOf(await river.health()),
  }
}

function ailmentsOf({ readers }: Awaited<ReturnType<Flowing['river']['health']>>): string[] {
  return readers.filter((it) => it.failedAt !== null).map((it) => `The reader ${it.reader} stands still after a failure.`)
}

// From server/ as from dist/, the package's own description is one folder up.
const version = () => (createRequire(import.meta.url)('../package.json') as { version: string }).version
