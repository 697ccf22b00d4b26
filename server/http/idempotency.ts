import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type Kysely, sql } from 'kysely'
import type { Endpoint } from '../../contract/endpoint.ts'
import type { Database } from '../../database/schema.ts'
import type { Actor, Context } from '../../kernel/context.ts'
import type { Module } from '../../kernel/module.ts'
import { on } from '../../kernel/reaction.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { Answered } from '../../kernel/route.ts'

type Asked = { db: Kysely<Database>; actor: Actor; request: FastifyRequest; endpoint: Endpoint; now: Date }
type Key = { actor: string; key: string; path: string }
type Claim = Key & { sha256: string; at: Date; endpoint: Endpoint }

/** Runs `work` unless the asker had its answer already. `db` is the verb's own transaction where it has one. */
export type Once = (db: Kysely<Database>, work: () => Promise<unknown>) => Promise<unknown>

/**
 * Honours `Idempotency-Key` on every POST: the same key and body get the first answer again, another body under the same
 * key is refused `idempotency_key_reused`. The claim is a row in the verb's own transaction, so that a second try waits for
 * the first and a failed first leaves nothing behind. An answer that holds a secret is not kept: a second try is refused.
 */
export function onceFor(asked: Asked): Once {
  const key = asked.request.headers['idempotency-key']
  if (asked.endpoint.method !== 'POST' || typeof key !== 'string' || key === '') return (_, work) => work()
  if (key.length > 200) throw new Refusal('invalid', 'idempotency_key_too_long', 'An Idempotency-Key has at most 200 characters.')
  const claim: Claim = {
    actor: `${asked.actor.kind}:${asked.actor.id}`,
    key,
    path: asked.request.url.slice(0, 2000),
    // The hash of a body that holds a password could be guessed at.
    sha256: asked.endpoint.secret ? 'secret' : hashOf(asked.request.body),
    at: asked.now,
    endpoint: asked.endpoint,
  }
  return async (db, work) => {
    const inTransaction = db !== asked.db
    if (inTransaction && (await claimed(db, claim))) return keepAnswer(db, claim, await work())
    const first = await firstAnswer(db, claim)
    if (first) return first
    const given = await work()
    await claimed(db, claim)
    return keepAnswer(db, claim, given)
  }
}

async function claimed(db: Kysely<Database>, { actor, key, path, sha256, at }: Claim): Promise<boolean> {
  const row = { actor, key, path, body_sha256: sha256, at }
  const fresh = await db
    .insertInto('idempotency_keys')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('key')
    .executeTakeFirst()
  return fresh !== undefined
}

async function firstAnswer(db: Kysely<Database>, { actor, key, path, sha256, endpoint }: Claim): Promise<Answered<unknown> | null> {
  const first = await db
    .selectFrom('idempotency_keys')
    .select(['body_sha256', 'status', 'answer'])
    .where('actor', '=', actor)
    .where('key', '=', key)
    .where('path', '=', path)
    .executeTakeFirst()
  if (!first) return null
  if (first.body_sha256 !== sha256) {
    throw new Refusal('conflict', 'idempotency_key_reused', 'This Idempotency-Key was already used for something else.')
  }
  if (endpoint.secret) {
    throw new Refusal('conflict', 'idempotency_answer_secret', 'This was done already. Its answer held a secret and was not kept.')
  }
  return first.status === null ? null : new Answered(first.status, first.answer)
}

async function keepAnswer(db: Kysely<Database>, { actor, key, path, endpoint }: Claim, given: unknown): Promise<unknown> {
  const { status, body } = given instanceof Answered ? given : { status: endpoint.status, body: given }
  const answer = sql<never>`${endpoint.secret ? null : JSON.stringify(body ?? null)}::jsonb`
  await db
    .updateTable('idempotency_keys')
    .set({ status, answer })
    .where('actor', '=', actor)
    .where('key', '=', key)
    .where('path', '=', path)
    .execute()
  return given
}

function hashOf(body: unknown): string {
  const bytes = body instanceof Uint8Array ? body : JSON.stringify(body ?? null)
  return createHash('sha256').update(bytes).digest('hex')
}

const day = 24 * 3600_000

// A kept answer may quote what was deleted since.
async function forgetAnswersAbout({ tx }: Context, id: string): Promise<void> {
  const mention = `%${id}%`
  await tx
    .deleteFrom('idempotency_keys')
    .where((either) => either.or([either('path', 'like', mention), sql<boolean>`answer::text like ${mention}`]))
    .execute()
}

/** What the edge remembers ends after a day, at night, and at once when what it tells of is deleted for good. */
export const edge: Module = {
  name: 'edge',
  reactions: [
    on('conversation.erased', (ctx, { conversationId }) => forgetAnswersAbout(ctx, conversationId)),
    on('message.erased', (ctx, { messageId }) => forgetAnswersAbout(ctx, messageId)),
    on('customer.erased', (ctx, { customerId }) => forgetAnswersAbout(ctx, customerId)),
  ],
  schedules: [
    {
      name: 'edge-idempotency',
      cron: '29 3 * * *',
      run: async (steps) => {
        await steps.transact(({ tx, now }) =>
          tx
            .deleteFrom('idempotency_keys')
            .where('at', '<', new Date(now.getTime() - day))
            .execute(),
        )
      },
    },
  ],
}
