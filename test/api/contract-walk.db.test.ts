import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Endpoint } from '../../contract/endpoint.ts'
import { granted, roles, scoped, scopes } from '../../contract/permissions.ts'
import { integration, invited, type Somebody } from '../support/people.ts'
import { type Example, examplesFor } from './examples.ts'
import { codeOf, knock } from './knock.ts'
import { declared, endpoints, nameOf, type Walk, walkWorld } from './walk-world.ts'

let walk: Walk
let examples: Record<string, Example>
const askers: { name: string; may: readonly string[]; who: Somebody }[] = []

beforeAll(async () => {
  walk = await walkWorld()
  examples = examplesFor(walk)
  for (const role of roles) {
    const newcomer = { name: `A ${role}`, email: `${role}@people.example`, roles: [role] }
    askers.push({ name: role, may: granted[role], who: await invited(walk.sinew, walk.world.administrator, newcomer) })
  }
  for (const scope of scopes) askers.push({ name: `key ${scope}`, may: scoped[scope], who: await integration(walk.sinew, [scope]) })
})
afterAll(() => walk.close())

const named = endpoints.map((it) => [nameOf(it), it] as const)
const exampleOf = (it: Endpoint) => examples[nameOf(it)] ?? {}

/** What people and programs send when they mean harm or do not know better. */
const nonsense = [
  '',
  ' ',
  '-1',
  '0',
  '1e9',
  'null',
  '\u0000',
  'x'.repeat(3000),
  "' or 1=1 --",
  '<img src=x onerror=alert(1)>',
  '٣',
  '../..',
  '%',
  '{}',
]
const wrongBodies = [
  '{',
  'null',
  '[]',
  '"text"',
  '42',
  '{"__proto__":{"admin":true}}',
  '{"a":"\\u0000"}',
  `{"name":${'['.repeat(500)}${']'.repeat(500)}}`,
]

test('everything the contract declares is served, and nothing else', async () => {
  expect(endpoints.map(nameOf).sort()).toEqual((await declared()).map(nameOf).sort())
})

test('every endpoint has an example, so that nothing is walked past', () => {
  expect(Object.keys(examples).sort()).toEqual(endpoints.map(nameOf).sort())
})

test('what is open to everybody is known by name', () => {
  const open = endpoints.filter((it) => it.access === 'public').map(nameOf)
  expect(open).toEqual(['GET /setup', 'POST /setup', 'POST /invitations/read', 'POST /invitations/accept'])
})

describe('who has not signed in', () => {
  test.each(named.filter(([, it]) => it.access !== 'public'))('%s turns away', async (_, it) => {
    for (const as of [undefined, { key: 'snw_nothing' }, { cookie: 'sinew.session_token=nothing' }]) {
      const answer = await knock(walk, it, exampleOf(it), as)
      expect([answer.status, codeOf(answer)]).toEqual([401, 'not_signed_in'])
    }
  })
})

describe('nonsense', () => {
  const as = () => walk.world.administrator.as
  // So that who guesses too often is let in again.
  beforeEach(() => walk.sinew.pass(61_000))

  test.each(named.filter(([, it]) => it.path.includes(':')))('%s refuses ids that are none, and knows no strangers', async (name, it) => {
    const good = exampleOf(it)
    for (const param of Object.keys(good.params ?? {})) {
      for (const value of nonsense.filter((text) => text !== '')) {
        const { status } = await knock(walk, it, { ...good, params: { ...good.params, [param]: value } }, as())
        expect([404, 414, 422], `${param}=${value.slice(0, 40)}`).toContain(status)
      }
      const strange = await knock(walk, it, { ...good, params: { ...good.params, [param]: walk.things.nobody } }, as())
      expect([404, 422], name).toContain(strange.status)
    }
  })

  test.each(named)('%s refuses nonsense in its query without falling over', async (_, it) => {
    const known = Object.keys((it.query as z.ZodObject).shape)
    const harmless = { params: paramsOfNobody(it) }
    for (const field of [...known, 'unknown']) {
      for (const value of nonsense) {
        const { status } = await knock(walk, it, { ...harmless, query: { [field]: value } }, as())
        expect(status, `${field}=${value.slice(0, 40)}`).toBeLessThan(500)
        if (field === 'limit' && value !== '1e9') expect(it.method === 'GET' ? [422] : [status], `limit=${value}`).toContain(status)
      }
    }
  })

  test.each(named.filter(([, it]) => !it.accepts && !(it.body instanceof z.ZodUndefined)))(
    '%s refuses nonsense in its body',
    async (_, it) => {
      const good = exampleOf(it)
      for (const body of wrongBodies) {
        const { status } = await knock(walk, it, { ...good, params: paramsOfNobody(it), body }, as())
        expect(isAllOptional(it) ? [404, 422, 200] : [422], body.slice(0, 40)).toContain(status)
      }
      const fields = Object.keys((good.body as object | undefined) ?? {})
      for (const field of fields) {
        for (const value of [null, 7, true, [], {}, { $ne: null }, ['x'], '\u0000', 'x'.repeat(3000)]) {
          const body = { ...(good.body as object), [field]: value }
          const { status } = await knock(walk, it, { ...good, params: paramsOfNobody(it), body }, as())
          expect(status, `${field}: ${JSON.stringify(value)?.slice(0, 40)}`).toBeLessThan(500)
        }
      }
    },
  )

  test.each(named.filter(([, it]) => it.accepts))('%s takes any bytes at all', async (_, it) => {
    for (const body of [
      '',
      '\u0000',
      'x',
      '\r\n\r\n',
      'Subject: =?utf-8?b?////?=\r\n\r\n',
      `Content-Type: multipart/mixed; boundary=a\r\n\r\n${'--a\r\n'.repeat(2000)}`,
    ]) {
      expect((await knock(walk, it, { body }, walk.mailer.as)).status).toBeLessThan(300)
    }
  })

  test.each(named)('%s says what it needs to another kind of body', async (_, it) => {
    const path = it.path.replace(/:\w+/g, walk.things.nobody)
    for (const type of [
      'text/html',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=utf-7',
      'nonsense',
    ]) {
      const headers = { host: 'localhost:3000', 'content-type': type, authorization: `Bearer ${(walk.mailer.as as { key: string }).key}` }
      const answer = await walk.sinew.app.inject({ method: it.method, url: `/api/v1${path}`, headers, payload: '<p>hello</p>' })
      expect(answer.statusCode, type).toBeLessThan(500)
    }
  })

  const paramsOfNobody = (it: Endpoint) =>
    Object.fromEntries([...it.path.matchAll(/:(\w+)/g)].map(([, name]) => [name, walk.things.nobody]))
  const isAllOptional = (it: Endpoint) => it.body.safeParse({}).success
})

describe('permission', () => {
  const guarded = named.filter(([, it]) => it.permission !== null)

  test.each(guarded)('%s is for those whose role or scope says so', async (_, it) => {
    for (const { name, may, who } of askers) {
      // Nobody's ids and no body: who is let in finds nothing to do.
      const answer = await knock(walk, it, {}, who.as)
      const letIn = codeOf(answer) !== 'not_permitted'
      expect(letIn, name).toBe(may.includes(it.permission as string))
      if (!letIn) expect(answer.status).toBe(403)
      expect([401, 500]).not.toContain(answer.status)
    }
  })

  test('every permission guards something or is told to wait for it', () => {
    const used = new Set(endpoints.map((it) => it.permission))
    const later = ['audit.read', 'instance.update', 'customer.update']
    const every = new Set(Object.values(granted).flat())
    expect([...every].filter((it) => !used.has(it)).sort()).toEqual(later.sort())
  })
})

describe('a good call', () => {
  test('every endpoint answers by its own contract, and says so in the right form', async () => {
    const inOrder = Object.keys(examples).map((name) => endpoints.find((it) => nameOf(it) === name) as Endpoint)
    for (const it of inOrder) {
      const example = exampleOf(it)
      const as = it.accepts ? walk.mailer.as : walk.world.administrator.as
      const answer = await knock(walk, it, example, as)
      expect(answer.status, `${nameOf(it)}: ${answer.bytes.toString().slice(0, 300)}`).toBe(example.answers ?? it.status)
      if (answer.status >= 400) expect(answer.body).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } })
      else if (it.produces)
        expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'content-disposition': expect.any(String) })
      else if (it.status === 204) expect(answer.bytes.length).toBe(0)
      else expect(it.returns.safeParse(answer.body).error, nameOf(it)).toBeUndefined()
    }
  })
})

test.each(named.filter(([, it]) => it.access === 'public' && it.method === 'POST'))('%s holds back who guesses', async (_, it) => {
  const statuses: number[] = []
  walk.sinew.pass(120_000)
  for (let tries = 0; tries < 32; tries++) statuses.push((await knock(walk, it, exampleOf(it))).status)
  expect(statuses.at(-1)).toBe(429)
  expect(statuses.filter((it) => it !== 429).length).toBeGreaterThan(20)
})
