import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { clientAddress, type SignIn, staffPath } from './sign-in.ts'

// What of the sign-in library is reachable. People, sessions and their names are ours and have endpoints of their own.
const reads = ['get-session']
const deeds = [
  'sign-in/email',
  'sign-out',
  'request-password-reset',
  'reset-password',
  'change-password',
  'two-factor/enable',
  'two-factor/disable',
  'two-factor/verify-totp',
  'two-factor/verify-backup-code',
  'two-factor/generate-backup-codes',
  'two-factor/get-totp-uri',
]

/** Serves sign-in under its own path. Answers carry our form of error; a change is felt at once by who is asked next. */
export function mountSignIn(app: FastifyInstance, { signIn, who }: { signIn: SignIn; who: { forget(): void } }): void {
  const serve = async (request: FastifyRequest, reply: FastifyReply) => {
    const answer = await signIn.handler(asWebRequest(signIn.baseUrl, request))
    if (request.method !== 'GET') who.forget()
    return passOn(answer, reply)
  }
  for (const path of reads) app.get(`${staffPath}/${path}`, serve)
  for (const path of deeds) app.post(`${staffPath}/${path}`, serve)
  app.addHook('onSend', async (request) => {
    if (request.method !== 'GET' && changesWho.test(request.url)) who.forget()
  })
}

// After a change to people, teams or keys nobody is who they were: the answer goes out after the memory is cleared.
const changesWho = /^\/api\/v1\/(me|people|teams|organisations|invitations|api-keys|setup)\b/

function asWebRequest(baseUrl: string, request: FastifyRequest): Request {
  const headers = fromNodeHeaders(request.headers)
  headers.delete('content-length')
  headers.set(clientAddress, request.ip)
  const body = request.body === undefined || request.body === null ? {} : { body: JSON.stringify(request.body) }
  return new Request(new URL(request.url, baseUrl), { method: request.method, headers, ...body })
}

async function passOn(answer: Response, reply: FastifyReply): Promise<FastifyReply> {
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
  for (const name of ['location', 'cache-control']) if (answer.headers.has(name)) reply.header(name, answer.headers.get(name))
  const body = await answer.text()
  reply.code(answer.status).type('application/json; charset=utf-8')
  if (answer.ok) return reply.send(body === '' ? 'null' : body)
  const wait = answer.headers.get('x-retry-after')
  if (wait !== null) reply.header('retry-after', wait)
  return reply.send(refusalOf(body, answer.status))
}

// In our form of error, and in the library's beside it, which its own client in the browser reads.
function refusalOf(body: string, status: number) {
  const { code = status === 429 ? 'TOO_MANY' : 'REFUSED', message = 'This did not work. Try again.' } = understood(body)
  return { code, message, error: { code: code.toLowerCase(), message } }
}

function understood(body: string): { code?: string; message?: string } {
  try {
    return JSON.parse(body) ?? {}
  } catch {
    return {}
  }
}
