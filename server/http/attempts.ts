import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../database/schema.ts'
import { newId } from '../../kernel/id.ts'
import { Refusal } from '../../kernel/refusal.ts'

const minute = 60_000
const perMinute = 30
const guarded = new Set(['/api/v1/setup', '/api/v1/invitations/read', '/api/v1/invitations/accept'])

/**
 * Holds back who tries links by guessing: so many tries a minute and address. Counted where the sign-in library counts
 * its own, so that all processes count together.
 */
export function limitAttempts(app: FastifyInstance, { db, now }: { db: Kysely<Database>; now: () => Date }): void {
  app.addHook('onRequest', async (request) => {
    if (request.method !== 'POST' || !guarded.has(pathOf(request))) return
    if ((await count(db, `${request.ip}|${pathOf(request)}`, now().getTime())) <= perMinute) return
    throw new Refusal('too_many', 'too_many_attempts', 'Too many attempts. Wait a minute and try again.')
  })
}

const pathOf = (request: FastifyRequest) => request.url.split('?', 1)[0] ?? ''

async function count(db: Kysely<Database>, key: string, now: number): Promise<number> {
  const over = sql<boolean>`auth_rate_limits.last_request <= ${now - minute}::bigint`
  const row = await db
    .insertInto('auth_rate_limits')
    .values({ id: newId(), key, count: 1, last_request: now })
    .onConflict((it) =>
      it.column('key').doUpdateSet({
        count: sql<number>`case when ${over} then 1 else auth_rate_limits.count + 1 end`,
        last_request: sql<string>`case when ${over} then ${now}::bigint else auth_rate_limits.last_request end`,
      }),
    )
    .returning('count')
    .executeTakeFirstOrThrow()
  return row.count
}
