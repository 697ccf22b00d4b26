import type { Endpoint } from '../../contract/endpoint.ts'
import type { Credentials } from '../support/sinew.ts'
import type { Example } from './examples.ts'
import type { Walk } from './walk-world.ts'

export type Answer = { status: number; headers: Record<string, unknown>; body: unknown; bytes: Buffer }

/** Asks an endpoint as somebody. A string is sent as it is, anything else as JSON. */
export async function knock({ sinew }: Walk, it: Endpoint, { params = {}, query = {}, body }: Example, as?: Credentials): Promise<Answer> {
  const path = it.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? '-'))
  const search = new URLSearchParams(query).toString()
  const payload = body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }
  const type = body === undefined ? {} : { 'content-type': it.accepts ?? 'application/json' }
  const answer = await sinew.app.inject({
    method: it.method,
    url: `/api/v1${path}${search && `?${search}`}`,
    headers: { host: 'localhost:3000', ...type, ...headersOf(as) },
    ...payload,
  })
  const json = String(answer.headers['content-type']).startsWith('application/json')
  return { status: answer.statusCode, headers: answer.headers, body: json ? answer.json() : undefined, bytes: answer.rawPayload }
}

function headersOf(as: Credentials | undefined): Record<string, string> {
  if (!as) return {}
  if ('key' in as) return { authorization: `Bearer ${as.key}` }
  return { cookie: as.cookie, origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin', 'x-sinew': '1' }
}

export const codeOf = ({ body }: Answer) => (body as { error?: { code: string } } | undefined)?.error?.code
