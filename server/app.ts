import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { listEvents } from '../contract/stream.ts'
import type { Module } from '../kernel/module.ts'
import type { Engine } from '../kernel/transact.ts'
import { serveConsole } from './http/console.ts'
import { guardHost, securityHeaders } from './http/guards.ts'
import { serveHealth } from './http/health.ts'
import { serveReference } from './http/reference.ts'
import { explain } from './http/refusals.ts'
import { serve, type WhoIs } from './http/serve.ts'

export type AppParts = {
  engine: Engine
  modules: readonly Module[]
  whoIs: WhoIs
  log: FastifyBaseLogger
  /** What the edge must know of the settings. `port` is the one it listens on; `mailLimit` is in bytes. */
  edge: {
    baseUrl: string
    port: number
    trustProxy: boolean | number | string[]
    mailLimit: number
    version: string
    consoleFolder: string | null
  }
  /** Parts that are not endpoints of the contract: sign-in, the live stream. */
  mounts?: readonly ((app: FastifyInstance) => void | Promise<void>)[]
  /** What is wrong right now, in a sentence each; empty when all is well. */
  ailments?: () => Promise<string[]>
}

const jsonLimit = 2 * 1024 * 1024

/** How many ms a request may take to arrive whole: a mail of 50 MiB over a slow line, but no connection held for ever. */
const slowest = 300_000

// So many proxies stand before us: theirs are the addresses we believe.
const firstHops = (count: number) => (_address: string, hop: number) => hop < count

/** Builds the whole HTTP side: guards, the contract's endpoints, their reference, health and the console. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const { edge, engine, modules } = parts
  const app = Fastify({
    loggerInstance: parts.log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: typeof edge.trustProxy === 'number' ? firstHops(edge.trustProxy) : edge.trustProxy,
    bodyLimit: jsonLimit,
    requestTimeout: slowest,
    routerOptions: { maxParamLength: 1000 },
    forceCloseConnections: 'idle',
  }) as unknown as FastifyInstance
  app.setErrorHandler(explain)
  app.addContentTypeParser('message/rfc822', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', guardHost(edge))
  app.addHook('onSend', securityHeaders)
  for (const mount of parts.mounts ?? []) await mount(app)
  const routes = modules.flatMap((it) => it.routes ?? [])
  for (const route of routes) serve(app, { engine, whoIs: parts.whoIs, bodyLimit: edge.mailLimit }, route)
  serveHealth(app, engine.db, parts.ailments)
  serveReference(app, [...routes.map((it) => it.endpoint), listEvents], edge)
  await serveConsole(app, edge.consoleFolder)
  return app
}
