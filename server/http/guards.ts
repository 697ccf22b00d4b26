import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * Only the addresses this Sinew knows itself by are served, so that a foreign name pointed at it (DNS rebinding) reaches
 * nothing. Any other host gets a page that says what to set.
 */
export function guardHost({ baseUrl, port }: { baseUrl: string; port: number }) {
  const known = new Set([new URL(baseUrl).host, `localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const host = request.headers.host ?? ''
    if (known.has(host) || request.url === '/healthz') return
    const sentence = `This Sinew answers at ${baseUrl}. To use another address, set BASE_URL to it and start again.`
    return reply.code(421).type('text/plain; charset=utf-8').send(sentence)
  }
}

const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https: http:",
  "frame-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Headers that keep a browser from doing more than we meant. A route may have set a stricter policy of its own. */
export async function securityHeaders(_request: FastifyRequest, reply: FastifyReply, payload: unknown) {
  if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', policy)
  reply.header('x-content-type-options', 'nosniff')
  reply.header('referrer-policy', 'same-origin')
  reply.header('cross-origin-opener-policy', 'same-origin')
  return payload
}
