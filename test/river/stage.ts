import { createServer } from 'node:net'
import { sql } from 'kysely'
import pino from 'pino'
import type { Actor, Context } from '../../kernel/context.ts'
import type { LiveSource } from '../../kernel/live.ts'
import type { Module } from '../../kernel/module.ts'
import { type Engine, transact } from '../../kernel/transact.ts'
import { buildApp } from '../../server/app.ts'
import { type River, startRiver } from '../../server/events/river.ts'
import { serveEvents } from '../../server/events/sse.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { nowhere } from '../support/nowhere.ts'
import { subject } from './log.ts'

/** The people of these tests. Ben is a partner: he sees what carries his team's key. Ada is an auditor, Key an integration. */
export const cast = {
  ana: person(1, ['house', 'team:red']),
  ben: person(2, ['team:red']),
  cleo: person(3, ['house']),
  ada: { ...person(4, ['house']), permissions: new Set(['event.read', 'person.read', 'audit.read'] as const) },
  key: { kind: 'integration', id: subject(9), permissions: new Set(['event.read'] as const), audience: null },
} satisfies Record<string, Actor>

function person(n: number, audience: string[]): Actor {
  const permissions = new Set(['event.read', 'person.read', 'team.read'] as const)
  return { kind: 'person', id: subject(n), permissions, audience, organisation: { id: subject(50), kind: 'in_house' }, team: subject(60) }
}

export type Cast = { [name: string]: Actor | null }

/** A board of notes: the smallest module that says what happened and shows it live. A note stands in for a conversation. */
const board: LiveSource = {
  subject: 'conversation',
  views: async (tx, ids) => {
    const { rows } = await sql<{ id: string; words: string; audience: string[] }>`
      select id, words, audience from notes where id = any(${ids}::uuid[])`.execute(tx)
    return rows.map(({ id, words, audience }) => ({ id, audience, view: { id, words } }))
  },
}

type Note = { words: string; audience?: string[]; historic?: boolean }

export async function pin(ctx: Context, id: string, { words, audience = ['house'], historic = false }: Note): Promise<void> {
  await sql`insert into notes values (${id}, ${words}, ${audience})
    on conflict (id) do update set words = excluded.words, audience = excluded.audience`.execute(ctx.tx)
  const at = '2020-01-01T00:00:00.000Z'
  if (historic)
    ctx.record('conversation.started', { conversationId: id, medium: 'email', customerId: null, channelId: null, historic, at } as never)
  else ctx.record('conversation.renamed', { conversationId: id } as never)
}

export async function tear(ctx: Context, id: string): Promise<void> {
  await sql`delete from notes where id = ${id}`.execute(ctx.tx)
  ctx.record('conversation.erased', { conversationId: id } as never)
}

/** One process of Sinew over the board: its river, and its web server on a port of its own. */
export async function startNode(fresh: Pick<FreshDatabase, 'db' | 'url'>, more: readonly Module[] = [], people: Cast = { ...cast }) {
  const engine: Engine = {
    db: fresh.db,
    instance: { id: 'river', baseUrl: 'http://localhost', replyKeys: ['key'], mailOut: nowhere } as unknown as Engine['instance'],
    clock: () => new Date(),
    committed: () => river?.poke(),
  }
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' })
  let river: River | undefined
  const modules = more.some(({ live }) => live) ? more : [{ name: 'board', live: [board] }, ...more]
  river = await startRiver({ engine, url: fresh.url, modules, log })
  const { live, sources } = river
  const whoIs = async ({ headers }: { headers: Record<string, unknown> }) => people[String(headers['x-as'])] ?? null
  const port = await freePort()
  const edge = { baseUrl: `http://localhost:${port}`, port, trustProxy: false, mailLimit: 1000, version: '0', consoleFolder: null }
  const mounts = [(app: Parameters<typeof serveEvents>[0]) => serveEvents(app, { db: fresh.db, live, sources, whoIs })]
  const app = await buildApp({ engine, modules, whoIs, log, edge, mounts })
  const address = await app.listen({ port, host: '127.0.0.1' })
  return {
    river,
    engine,
    address,
    people,
    headers: (name: string) => ({ 'x-as': name }),
    act: <T>(actor: Actor, work: (ctx: Context) => Promise<T>) => transact(engine, actor, work),
    stop: async () => {
      await river.live.stop()
      // A client may hold a connection open on which it never asked anything.
      app.server.closeAllConnections()
      await app.close()
      await river.stop()
    },
  }
}

function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const server = createServer().listen(0, '127.0.0.1', () => {
    const at = server.address()
    server.close(() => resolve(typeof at === 'object' && at ? at.port : 0))
  })
  return promise
}

export type Node = Awaited<ReturnType<typeof startNode>>

/** A fresh database with the board in it. */
export async function freshBoard(): Promise<FreshDatabase> {
  const fresh = await freshDatabase()
  await fresh.pool.query('create table notes (id uuid primary key, words text not null, audience text[] not null)')
  return fresh
}
