import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodType } from 'zod'
import type { Endpoint } from '../../contract/endpoint.ts'
import type { Actor } from '../../kernel/context.ts'
import { may } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { Answered, type Route } from '../../kernel/route.ts'
import { type Engine, look, stepsOf, transact } from '../../kernel/transact.ts'
import { isDeeperThan } from './depth.ts'
import { type Once, onceFor } from './idempotency.ts'
import { holdsNul } from './nul.ts'
import { Nonsense } from './refusals.ts'

/** Who is asking: a signed-in person or an API key; null when neither. */
export type WhoIs = (request: FastifyRequest) => Promise<Actor | null>

export const visitor: Actor = { kind: 'visitor', id: 'visitor', permissions: new Set(), audience: [] }

/** Mounts a route: who asks, may they, what do they ask; answer it; check what is answered. */
export function serve(
  app: FastifyInstance,
  { engine, whoIs, bodyLimit }: { engine: Engine; whoIs: WhoIs; bodyLimit: number },
  route: Route,
) {
  const { endpoint } = route
  const actors = new WeakMap<FastifyRequest, Actor>()
  app.route({
    method: endpoint.method,
    url: `/api/v1${endpoint.path}`,
    ...(endpoint.accepts || endpoint.large ? { bodyLimit } : {}),
    // Before the body is read: nobody's 50 MiB are not held in memory only to be refused.
    onRequest: async (request) => {
      actors.set(request, await admitted(endpoint, request, whoIs))
    },
    handler: async (request, reply) => {
      const actor = actors.get(request) ?? visitor
      const asked = understood(endpoint, request)
      const once = onceFor({ db: engine.db, actor, request, endpoint, now: engine.clock() })
      const answer = await answerOf(route, { engine, actor, once }, asked)
      return send(endpoint, reply, answer)
    },
  })
}

type Answering = { engine: Engine; actor: Actor; once: Once }

function answerOf(route: Route, { engine, actor, once }: Answering, asked: ReturnType<typeof understood>): Promise<unknown> {
  if ('stepwise' in route) return once(engine.db, () => route.stepwise(stepsOf(engine, actor), asked))
  if (route.endpoint.method === 'GET') return look(engine, actor, (ctx) => route.answer(ctx, asked))
  return transact(engine, actor, (ctx) => once(ctx.tx, () => route.answer(ctx, asked)))
}

async function admitted(endpoint: Endpoint, request: FastifyRequest, whoIs: WhoIs): Promise<Actor> {
  const actor = await whoIs(request)
  if (!actor) {
    if (endpoint.access === 'public') return visitor
    throw new Refusal('unauthenticated', 'not_signed_in', 'Sign in, or send an API key.')
  }
  if (endpoint.permission && !may(actor, endpoint.permission)) {
    throw new Refusal('forbidden', 'not_permitted', 'You are not allowed to do this. Ask an administrator of this Sinew.', {
      permission: endpoint.permission,
    })
  }
  return actor
}

function understood(endpoint: Endpoint, request: FastifyRequest) {
  return {
    params: parse('params', endpoint.params, request.params),
    query: parse('query', endpoint.query, request.query),
    body: parse('body', endpoint.body, request.body ?? (endpoint.accepts ? new Uint8Array() : undefined)),
  }
}

const mostLevels = 64

function parse(part: string, schema: ZodType, value: unknown): unknown {
  if (isDeeperThan(mostLevels, value)) throw new Refusal('invalid', 'too_deep', `JSON is taken down to ${mostLevels} levels.`)
  const { success, data, error } = schema.safeParse(value)
  if (!success) throw new Nonsense(part, error)
  if (holdsNul(data)) throw new Refusal('invalid', 'nul_character', 'A text here holds a NUL character, which cannot be stored.')
  return data
}

type Bytes = { bytes: Uint8Array; contentType: string; filename: string; inline: boolean }

function send(endpoint: Endpoint, reply: FastifyReply, answer: unknown): FastifyReply {
  const { status, body } = answer instanceof Answered ? answer : { status: endpoint.status, body: answer }
  if (endpoint.produces) return sendBytes(reply, body as Bytes)
  if (status === 204) return reply.code(204).send()
  return reply.code(status).send(endpoint.returns.parse(body))
}

// Somebody else's bytes: never sniffed, never run, never framed by others.
function sendBytes(reply: FastifyReply, { bytes, contentType, filename, inline }: Bytes): FastifyReply {
  return reply
    .header('content-type', contentType)
    .header('content-disposition', `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(filename)}`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, max-age=3600')
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}
