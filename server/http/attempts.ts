import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import type { Database } from '../../database/schema.ts'
import { countAttempt } from '../../domain/identity/index.ts'
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
    if ((await countAttempt(db, `${request.ip}|${pathOf(request)}`, { now: now(), span: minute })) <= perMinute) return
    throw new Refusal('too_many', 'too_many_attempts', 'Too many attempts. Wait a minute and try again.')
  })
}

const pathOf = (request: FastifyRequest) => request.url.split('?', 1)[0] ?? ''
