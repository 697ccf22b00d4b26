import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type Kysely, sql } from 'kysely'
import type { Endpoint } from '../../contract/endpoint.ts'
import type { Database } from '../../database/schema.ts'
import type { Actor } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { Answered } from '../../kernel/route.ts'
import type { Engine } from '../../kernel/transact.ts'

type Asked = { engine: Engine; actor: Actor; request: FastifyRequest; endpoint: Endpoint }
type Once = (db: Kysely<Database>, work: () => Promise<unknown>) => Promise<unknown>

/**
 * Honours `Idempotency-Key` on every POST: the same key and body get the first answer again, another body under the same
 * key is refused `idempotency_key_reused`. The claim is a row in the verb's own transaction, so that a second try waits for
 * the first and a failed first leaves nothing behind. Stepwise verbs are repeatable by themselves and keep their answer after.
 */
export async function answeredOnce(asked: Asked, answer: (once: Once) => Promise<unknown>): Promise<unknown> {
  const key = asked.request.headers['idempotency-key']
  if (asked.endpoint.method !== 'POST' || typeof key !== 'string' || key === '') return answer((_, work) => work())
  if (key.length > 200) throw new Refusal('invalid', 'idempotency_key_too_long', 'An Idempotency-Key has at most 200 characters.')
  const claim = {
    actor: `${asked.actor.kind}:${asked.actor.id}`,
    key,
    path: asked.request.url.slice(0, 2000),
    sha256: hashOf(asked.request.body),
  }
  const once: Once = (db, work) => claimed(db, { ...claim, at: asked.engine.clock() }, asked.endpoint, work)
  let within = false
  const given = await answer((db, work) => {
    within = true
    return once(db, work)
  })
  return within ? given : once(asked.engine.db, async () => given)
}

type Claim = { actor: string; key: string; path: string; sha256: string; at: Date }

async function claimed(db: Kysely<Database>, claim: Claim, endpoint: Endpoint, work: () => Promise<unknown>): Promise<unknown> {
  const { actor, key, path, sha256, at } = claim
  const row = { actor, key, path, body_sha256: sha256, at }
  const fresh = await db
    .insertInto('idempotency_keys')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('key')
    .executeTakeFirst()
  const here = db.selectFrom('idempotency_keys').where('actor', '=', actor).where('key', '=', key).where('path', '=', path)
  if (!fresh) {
    const first = await here.select(['body_sha256', 'status', 'answer']).executeTakeFirst()
    if (first && first.body_sha256 !== sha256) {
      throw new Refusal('conflict', 'idempotency_key_reused', 'This Idempotency-Key was already used for something else.')
    }
    if (first?.status != null) return new Answered(first.status, first.answer)
  }
  const given = await work()
  const { status, body } = given instanceof Answered ? given : { status: endpoint.status, body: given }
  const answer = sql<never>`${JSON.stringify(body ?? null)}::jsonb`
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
