import type { IncomingHttpHeaders } from 'node:http'
import { Refusal } from '../../kernel/refusal.ts'

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a change that a browser asks for with a session cookie, unless one of our own pages asked: it must say so by
 * `Sec-Fetch-Site` or `Origin`, and carry JSON or the header `X-Sinew`, which no form and no plain link can send.
 */
export function refuseCrossSite({ method, headers }: { method: string; headers: IncomingHttpHeaders }, origins: readonly string[]): void {
  if (harmless.has(method)) return
  if (ours(headers, origins) && (headers['x-sinew'] !== undefined || isJson(headers['content-type']))) return
  throw new Refusal('forbidden', 'cross_site', 'This was asked from another site. Open Sinew itself and try again.')
}

function ours(headers: IncomingHttpHeaders, origins: readonly string[]): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  if (headers.origin !== undefined) return origins.includes(headers.origin)
  return site === 'same-origin'
}

const isJson = (contentType: string | undefined) => /^application\/([\w.+-]+\+)?json\b/i.test(contentType ?? '')
