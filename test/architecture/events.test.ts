import { expect, test } from 'vitest'
import { z } from 'zod'
import { events } from '../../contract/events.ts'

type Schema = {
  type?: string
  format?: string
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  additionalProperties?: unknown
  items?: Schema
  anyOf?: Schema[]
}

const facts = new Set(['boolean', 'integer', 'number', 'null'])
const formats = new Set(['uuid', 'date-time', 'date'])

/** Where a schema would let a name, an address or free text into the log. */
function freeText(schema: Schema, where: string): string[] {
  if (schema.enum || 'const' in schema) return []
  if (schema.anyOf) return schema.anyOf.flatMap((it) => freeText(it, where))
  if (schema.type === 'array' && schema.items) return freeText(schema.items, `${where}[]`)
  if (schema.type === 'object' && schema.additionalProperties === false) {
    return Object.entries(schema.properties ?? {}).flatMap(([name, it]) => freeText(it, `${where}.${name}`))
  }
  if (schema.type === 'string' && formats.has(schema.format ?? '')) return []
  return facts.has(schema.type ?? '') ? [] : [where]
}

const known = Object.entries(events)
const schemaOf = (data: z.ZodType) => z.toJSONSchema(data, { io: 'output' }) as Schema

test('no event holds a name, an address or free text, so that the log can stay when people are forgotten', () => {
  expect(known.flatMap(([name, { data }]) => freeText(schemaOf(data), name))).toEqual([])
})

test('free text is noticed wherever it hides', () => {
  const careless = z.object({ note: z.string(), by: z.object({ names: z.array(z.string()) }), more: z.record(z.string(), z.string()) })
  expect(freeText(schemaOf(careless), 'it')).toEqual(['it.note', 'it.by.names[]', 'it.more'])
})

test.each(known)('%s names what it happened to', (name, { key, data }) => {
  const id = (data.shape as Record<string, z.ZodType>)[key]
  expect(id, key).toBeDefined()
  expect(schemaOf(id as z.ZodType)).toMatchObject({ type: 'string', format: 'uuid' })
  expect(name).toMatch(/^[a-z_]+\.[a-z_]+$/)
})
