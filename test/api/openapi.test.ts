import { describe, expect, test } from 'vitest'
import { openapi } from '../../server/http/openapi.ts'
import { endpoints } from './walk-world.ts'

type Json = { [key: string]: unknown }
type Operation = {
  operationId: string
  summary: string
  parameters: { name: string; in: string; required: boolean; schema: Json }[]
  requestBody?: { content: Record<string, { schema: Json }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>
  security: unknown[]
}

const document = openapi(endpoints, { baseUrl: 'http://localhost:3000', version: '1.2.3' }) as Json
const paths = document.paths as Record<string, Record<string, Operation>>
const operations = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, it]) => [`${method.toUpperCase()} ${path}`, path, it] as const),
)

test('it is an OpenAPI 3.1 document', () => {
  expect(document.openapi).toBe('3.1.0')
  expect(document.info).toMatchObject({ title: 'Sinew', version: '1.2.3' })
  expect(document.servers).toEqual([{ url: 'http://localhost:3000/api/v1' }])
  expect(
    Object.keys(document).filter((it) => !['openapi', 'info', 'servers', 'paths', 'components', 'tags', 'security'].includes(it)),
  ).toEqual([])
  expect(JSON.parse(JSON.stringify(document))).toEqual(document)
})

test('every endpoint is in it, each under an id of its own', () => {
  const expected = endpoints.map((it) => `${it.method} ${it.path.replace(/:(\w+)/g, '{$1}')}`)
  expect(operations.map(([name]) => name).sort()).toEqual(expected.sort())
  const ids = operations.map(([, , it]) => it.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-z]\w+$/)
})

describe.each(operations)('%s', (_, path, it) => {
  test('names every part of its path, and only those', () => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const named = it.parameters.filter((parameter) => parameter.in === 'path')
    expect(named.map((parameter) => parameter.name).sort()).toEqual(inPath.sort())
    expect(named.every((parameter) => parameter.required)).toBe(true)
  })

  test('has a summary, parameters with schemas, and answers with descriptions', () => {
    expect(it.summary.length).toBeGreaterThan(5)
    for (const parameter of it.parameters) {
      expect(['path', 'query', 'header']).toContain(parameter.in)
      expect(parameter.schema).toBeTypeOf('object')
    }
    const keys = it.parameters.map((parameter) => `${parameter.in}:${parameter.name}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(Object.keys(it.responses)).toContain('default')
    expect(Object.keys(it.responses).some((status) => /^2\d\d$/.test(status))).toBe(true)
    for (const { description } of Object.values(it.responses)) expect(description).toBeTruthy()
  })

  test('refers only to what is there', () => {
    for (const reference of referencesIn(it)) expect(resolve(reference), reference).toBeDefined()
  })
})

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, it]) => (key === '$ref' ? [String(it)] : referencesIn(it)))
}

const resolve = (reference: string) =>
  reference.startsWith('#/')
    ? reference
        .slice(2)
        .split('/')
        .reduce<unknown>((at, key) => (at as Json | undefined)?.[key], document)
    : undefined
