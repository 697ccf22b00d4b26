import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ZodError } from 'zod'
import { Refusal, type RefusalKind } from '../../kernel/refusal.ts'

const statusOf: Record<RefusalKind, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  too_many: 429,
}

/** What was asked does not fit the contract. `part` says where: params, query or body. */
export class Nonsense extends Error {
  readonly issues: { path: string; message: string }[]
  constructor(part: string, { issues }: ZodError) {
    super('The request does not fit the contract.')
    this.issues = issues.map((it) => ({ path: [part, ...it.path].join('.'), message: it.message }))
  }
}

type Body = { error: { code: string; message: string; issues?: unknown; details?: unknown } }
const body = (code: string, message: string, more: object = {}): Body => ({ error: { code, message, ...more } })

/** Turns what went wrong into a status and a sentence. Only what is none of these is our bug: 500, logged once. */
export function explain(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal) {
    return reply.code(statusOf[error.kind]).send(body(error.code, error.message, error.details ? { details: error.details } : {}))
  }
  if (error instanceof Nonsense) {
    return reply.code(422).send(body('invalid_request', 'Check the highlighted fields.', { issues: error.issues }))
  }
  const known = ofFastify(error) ?? ofPostgres(error)
  if (known) return reply.code(known.status).send(body(known.code, known.message))
  const where = error instanceof ZodError ? error.issues.map((it) => `${it.path.join('.')}: ${it.message}`).slice(0, 5) : undefined
  request.log.error(
    { name: error.name, code: (error as FastifyError).code, stack: error.stack, where, url: request.routeOptions.url },
    'bug',
  )
  return reply
    .code(500)
    .send(body('bug', 'Something is wrong on our side. Nothing was changed. Try again, and tell your administrator if it stays.'))
}

function ofFastify(error: Error): { status: number; code: string; message: string } | null {
  const { code, statusCode } = error as FastifyError
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { status: 413, code: 'too_large', message: 'This is larger than what is taken here.' }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return { status: 422, code: 'wrong_media_type', message: 'Send this as another content type; the reference at /api says which.' }
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY' || code === 'FST_ERR_CTP_INVALID_JSON_BODY')
    return { status: 422, code: 'malformed_json', message: 'The body is not JSON.' }
  if (statusCode && statusCode >= 400 && statusCode < 500)
    return { status: statusCode === 400 ? 422 : statusCode, code: 'invalid_request', message: 'This request cannot be read.' }
  return null
}

const away = {
  status: 503,
  code: 'unavailable',
  message: 'The database does not answer just now. Nothing was lost. Try again in a moment.',
}
const connectionLost = /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|08...|57P0[1-3]|53300)$/

// A value that passed the contract but that the database cannot hold (class 22: data exception) is the asker's, not our
// bug; nor is a database that is away.
function ofPostgres(error: Error): { status: number; code: string; message: string } | null {
  const { code, severity, syscall } = error as Error & { code?: string; severity?: string; syscall?: string }
  if (code && connectionLost.test(code) && (severity || syscall === 'connect')) return away
  if (error.message.startsWith('Connection terminated')) return away
  if (severity && code?.startsWith('22')) return { status: 422, code: 'invalid_value', message: 'A value here cannot be stored.' }
  return null
}
