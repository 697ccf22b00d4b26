import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** Serves the built console: its hashed assets for a year, its one page for every address that is not an API's. */
export async function serveConsole(app: FastifyInstance, folder: string | null) {
  const built = folder !== null && existsSync(join(folder, 'index.html'))
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const page = request.method === 'GET' && !request.url.startsWith('/api') && !request.url.startsWith('/assets/')
    if (page && built) return reply.header('cache-control', 'no-cache').sendFile('index.html')
    return reply.code(404).send({ error: { code: 'not_found', message: 'There is nothing at this address.' } })
  })
}
