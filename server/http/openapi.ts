import { z } from 'zod'
import type { Endpoint } from '../../contract/endpoint.ts'

type Json = Record<string, unknown>

/** What refers to itself (any JSON, say) has a name of its own in the document; the same thing has one name. */
type Named = { [name: string]: Json }

function schemaOf(schema: z.ZodType, io: 'input' | 'output', named: Named): Json {
  const made = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json & { $defs?: Named }
  const { $schema: _, $defs = {}, ...rest } = made
  let text = JSON.stringify(rest)
  for (const [local, definition] of Object.entries($defs)) {
    const known = Object.keys(named).find((name) => JSON.stringify(named[name]) === renamed(JSON.stringify(definition), local, name))
    const name = known ?? `Recursive${Object.keys(named).length + 1}`
    named[name] ??= JSON.parse(renamed(JSON.stringify(definition), local, name)) as Json
    text = renamed(text, local, name)
  }
  return JSON.parse(text) as Json
}
const renamed = (text: string, local: string, name: string) => text.replaceAll(`"#/$defs/${local}"`, `"#/components/schemas/${name}"`)
const isNothing = (schema: z.ZodType) => schema instanceof z.ZodUndefined

/** OpenAPI 3.1 of every endpoint, made from the same values that are served. */
export function openapi(endpoints: readonly Endpoint[], { baseUrl, version }: { baseUrl: string; version: string }): Json {
  const paths: Record<string, Json> = {}
  const named: Named = {}
  for (const it of endpoints) {
    const path = it.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [it.method.toLowerCase()]: operation(it, named) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sinew',
      version,
      description: 'Customer support that works as a network. The console uses exactly this.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: `${baseUrl}/api/v1` }],
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'session' } },
      schemas: { Error: errorSchema, ...named },
    },
  }
}

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: { code: { type: 'string' }, message: { type: 'string' }, issues: { type: 'array' }, details: { type: 'object' } },
    },
  },
}

function operation(it: Endpoint, named: Named): Json {
  const refused = {
    description: 'Refused, with a code and a sentence.',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  }
  return {
    operationId: `${it.method.toLowerCase()}${it.path.replace(/[^a-z]+(.)?/gi, (_, next: string | undefined) => next?.toUpperCase() ?? '')}`,
    summary: it.summary,
    tags: [it.path.split('/')[1]],
    ...(it.permission ? { 'x-permission': it.permission } : {}),
    security: it.access === 'public' ? [] : [{ key: [] }, { session: [] }],
    parameters: [
      ...parametersOf(it.params, 'path', named),
      ...parametersOf(it.query, 'query', named),
      ...(it.method === 'POST' ? [idempotencyKey] : []),
    ],
    ...bodyOf(it, named),
    responses: { [it.status]: { description: 'Done.', ...contentOf(it, named) }, default: refused },
  }
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', maxLength: 200 },
  description: 'The same key and body within 24 hours get the first answer again.',
}

function parametersOf(schema: z.ZodType, place: 'path' | 'query', named: Named): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input', named) as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(properties).map(([name, it]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: it,
  }))
}

function bodyOf(it: Endpoint, named: Named): Json {
  if (it.accepts) return { requestBody: { required: true, content: { [it.accepts]: { schema: { type: 'string', format: 'binary' } } } } }
  if (isNothing(it.body)) return {}
  return { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(it.body, 'input', named) } } } }
}

function contentOf(it: Endpoint, named: Named): Json {
  if (it.produces) return { content: { [it.produces]: { schema: { type: 'string', format: 'binary' } } } }
  if (isNothing(it.returns)) return {}
  return { content: { 'application/json': { schema: schemaOf(it.returns, 'output', named) } } }
}
