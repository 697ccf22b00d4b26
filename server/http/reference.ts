import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { Endpoint } from '../../contract/endpoint.ts'
import { openapi } from './openapi.ts'

/** The OpenAPI document at `/api/v1/openapi.json` and a page to browse it at `/api`. Neither needs a key: they hold no data. */
export function serveReference(
  app: FastifyInstance,
  endpoints: readonly Endpoint[],
  { baseUrl, version }: { baseUrl: string; version: string },
) {
  let made: object | undefined
  app.get('/api/v1/openapi.json', async () => {
    made ??= openapi(endpoints, { baseUrl, version })
    return made
  })
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  if (existsSync(folder)) app.register(fastifyStatic, { root: folder, prefix: '/api/reference/', decorateReply: false, index: false })
  app.get('/api/reference-setup.js', async (_request, reply) => reply.type('text/javascript').send(setUp))
  app.get('/api', async (_request, reply) => reply.type('text/html; charset=utf-8').send(html))
}

const setUp = `SwaggerUIBundle({ url: '/api/v1/openapi.json', dom_id: '#reference', deepLinking: true, docExpansion: 'list', validatorUrl: null })`
const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · Sinew</title>
<link rel="stylesheet" href="/api/reference/swagger-ui.css">
<main id="reference"></main>
<script src="/api/reference/swagger-ui-bundle.js"></script>
<script src="/api/reference-setup.js"></script>
</html>
`
