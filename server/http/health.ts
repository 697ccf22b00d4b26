import type { FastifyInstance } from 'fastify'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../database/schema.ts'

/** `GET /healthz`: 200 when requests can be served, 503 with what is wrong otherwise. No key, no details of anybody. */
export function serveHealth(app: FastifyInstance, db: Kysely<Database>, ailments: () => Promise<string[]> = async () => []) {
  app.get('/healthz', async (_request, reply) => {
    const wrong = await within(2_000, answers(db))
    if (wrong) return reply.code(503).send({ status: 'unavailable', wrong: [wrong] })
    const noticed = await ailments()
    return reply.send({ status: 'ok', ...(noticed.length > 0 ? { noticed } : {}) })
  })
}

async function answers(db: Kysely<Database>): Promise<string | null> {
  try {
    await sql`select 1`.execute(db)
    return null
  } catch {
    return 'The database does not answer.'
  }
}

function within(ms: number, work: Promise<string | null>): Promise<string | null> {
  return Promise.race([work, new Promise<string>((late) => setTimeout(late, ms, 'The database answers too slowly.').unref())])
}
