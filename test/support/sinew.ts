import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { pino } from 'pino'
import { createWhoIs, identity } from '../../domain/identity/index.ts'
import type { Actor } from '../../kernel/context.ts'
import type { Instance, MailProof } from '../../kernel/instance.ts'
import type { Module } from '../../kernel/module.ts'
import { type Engine, transact } from '../../kernel/transact.ts'
import { buildApp } from '../../server/app.ts'
import { limitAttempts } from '../../server/http/attempts.ts'
import { folderStore } from '../../server/outside/file-store.ts'
import { mailOut } from '../../server/outside/mail-out.ts'
import { mountSignIn } from '../../server/outside/mount-sign-in.ts'
import { createSignIn } from '../../server/outside/sign-in.ts'
import { freshDatabase } from './database.ts'

const baseUrl = 'http://localhost:3000'

/** What carries who is asking: a session cookie of the console, or an API key. */
export type Credentials = { cookie: string } | { key: string }

export const system: Actor = { kind: 'system', id: 'test', permissions: new Set(), audience: null }

export type Sinew = Awaited<ReturnType<typeof freshSinew>>

/** A whole Sinew without a network: its own database, real sign-in, and a clock that only moves when told to. */
type Options = { modules?: readonly Module[]; at?: Date; instance?: Partial<Instance> }

export async function freshSinew({ modules = [identity], at = new Date(), instance: own = {} }: Options = {}) {
  const database = await freshDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'sinew-files-'))
  const clock = { at }
  const now = () => new Date(clock.at)
  const outbox = mkdtempSync(join(tmpdir(), 'sinew-outbox-'))
  const instance: Instance = {
    id: 'test',
    baseUrl,
    smtp: null,
    replyKeys: ['reply-key'],
    files: folderStore(folder),
    mailOut: mailOut(undefined, { name: 'localhost', from: undefined, folder: outbox, dkim: null }),
    authenticateMail: async (): Promise<MailProof> => ({ spf: 'none', dkim: 'none', dmarc: 'none', aligned: false }),
    ...own,
  }
  const engine: Engine = { db: database.db, instance, clock: now, committed: () => undefined }
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' })
  const signIn = await createSignIn({
    db: database.db,
    instanceId: 'test',
    secret: 'a secret only this test knows, long enough',
    baseUrl,
    port: 3000,
    log,
  })
  const who = createWhoIs({ db: database.db, signIn, now })
  const edge = { baseUrl, port: 3000, trustProxy: false, mailLimit: 50 * 1024 * 1024, version: 'test', consoleFolder: null }
  const mounts = [
    (it: FastifyInstance) => mountSignIn(it, { signIn, who }),
    (it: FastifyInstance) => limitAttempts(it, { db: database.db, now }),
  ]
  const app = await buildApp({ engine, modules, whoIs: who, log, edge, mounts })

  return {
    ...database,
    app,
    engine,
    signIn,
    who,
    now,
    /** Where its larger files are. */
    folder,
    /** Where mail is written that goes out. */
    outbox,
    /** Moves the clock forward by so many milliseconds. */
    pass: (milliseconds: number) => {
      clock.at = new Date(clock.at.getTime() + milliseconds)
    },
    /** Runs a verb as the product itself would. */
    act: <T>(work: Parameters<typeof transact<T>>[2], actor: Actor = system) => transact(engine, actor, work),
    /** Calls the API as somebody. */
    call: async (
      method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      path: string,
      { as, body }: { as?: Credentials; body?: unknown } = {},
    ) => {
      const options: InjectOptions = {
        method,
        url: path.startsWith('/api/') ? path : `/api/v1${path}`,
        headers: { host: 'localhost:3000', ...headersOf(as) },
      }
      const answer = await app.inject(body === undefined ? options : { ...options, payload: body as object })
      return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json(), cookies: answer.cookies }
    },
    close: async () => {
      await app.close()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
      rmSync(outbox, { recursive: true, force: true })
    },
  }
}

function headersOf(as: Credentials | undefined): Record<string, string> {
  if (!as) return {}
  if ('key' in as) return { authorization: `Bearer ${as.key}` }
  return { cookie: as.cookie, origin: baseUrl, 'sec-fetch-site': 'same-origin', 'x-sinew': '1' }
}
