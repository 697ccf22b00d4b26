import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshPost, mail, post } from '../support/mail.ts'
import { odd } from '../support/nasty.ts'
import { buildWorld, type World } from '../support/people.ts'
import type { Sinew } from '../support/sinew.ts'

let sinew: Sinew
let as: { key: string }
let world: World
let id: string
beforeAll(async () => {
  const fresh = await freshPost()
  sinew = fresh.sinew
  as = fresh.as
  world = await buildWorld(sinew)
  id = (await post(sinew, as, mail())).body.conversation?.id ?? ''
})
afterAll(() => sinew.close())

const json = fc.oneof(
  fc.json(),
  odd,
  fc.constantFrom('{"subject":', '[]', 'null', '"', '{"__proto__":{"a":1}}', `{"tags":${'['.repeat(5_000)}`),
)
const value = fc.oneof(
  odd,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(odd, { maxLength: 3 }),
  fc.dictionary(fc.string(), odd, { maxKeys: 3 }),
)

async function refusedOrDone(method: 'POST' | 'PATCH' | 'GET' | 'PUT' | 'DELETE', path: string, payload?: string): Promise<number> {
  const answer = await sinew.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: {
      host: 'localhost:3000',
      authorization: `Bearer ${as.key}`,
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(payload === undefined ? {} : { payload }),
  })
  expect([method, path, payload?.slice(0, 200), answer.statusCode < 500]).toEqual([method, path, payload?.slice(0, 200), true])
  if (answer.statusCode >= 400) expect(answer.json().error.message).toMatch(/\.$/)
  return answer.statusCode
}

test('what is no JSON, or JSON of another shape, is refused with a sentence', { timeout: 60_000 }, async () => {
  const targets = [
    ['POST', '/conversations'],
    ['PATCH', `/conversations/${id}`],
    ['POST', `/conversations/${id}/messages`],
    ['POST', '/channels'],
  ] as const
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...targets), json, async ([method, path], payload) => {
      await refusedOrDone(method, path, payload)
    }),
    { numRuns: 150 },
  )
})

test('anything in every field is refused or done, and never breaks', { timeout: 60_000 }, async () => {
  const proper = fc.record({
    subject: fc.string(),
    message: fc.record({ text: odd.map((it) => `x${it}`) }),
    customer: fc.constant({ externalId: 'c' }),
  })
  const start = fc.record({
    subject: value,
    message: fc.oneof(value, fc.record({ text: value }), fc.record({ html: odd })),
    customer: fc.oneof(
      value,
      fc.record({ externalId: odd, name: odd }),
      fc.record({ email: odd }),
      fc.constant({ email: `${'a'.repeat(5000)}@b.example` }),
    ),
    fields: fc.option(value, { nil: undefined }),
    tags: fc.option(value, { nil: undefined }),
  })
  const fields = fc.dictionary(odd, odd, { maxKeys: 3 })
  const wishes = {
    subject: odd,
    status: value,
    until: value,
    owner: value,
    team: value,
    tags: fc.oneof(value, fc.array(odd, { maxLength: 3 })),
    fields: fc.oneof(value, fields),
    purpose: value,
  }
  const change = fc.oneof(fc.record(wishes, { requiredKeys: [] }), fc.record({ subject: odd }), fc.record({ fields }))
  const statuses = new Set<number>()
  const note = fc.record({ kind: fc.constantFrom('note', 'reply', 'x'), text: value, html: value }, { requiredKeys: ['kind'] })
  await fc.assert(
    fc.asyncProperty(fc.oneof(start, proper), change, note, async (one, two, three) => {
      statuses.add(await refusedOrDone('POST', '/conversations', JSON.stringify(one)))
      statuses.add(await refusedOrDone('PATCH', `/conversations/${id}`, JSON.stringify(two)))
      statuses.add(await refusedOrDone('POST', `/conversations/${id}/messages`, JSON.stringify(three)))
    }),
    { numRuns: 80 },
  )
  expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 422]))
})

test('anything asked for in a query or a path is refused or answered', { timeout: 60_000 }, async () => {
  const name = fc.constantFrom(
    'view',
    'status',
    'owner',
    'team',
    'tag',
    'customer',
    'channel',
    'q',
    'updatedAfter',
    'sort',
    'limit',
    'after',
  )
  const mark = odd.map((it) => Buffer.from(it.toWellFormed()).toString('base64url'))
  const given = fc.oneof(odd, mark, fc.constantFrom('externalId:x', 'me', 'none', '-1', '1e9', '99999-99-99T99:99:99Z', id))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, given), { maxLength: 4 }), odd, async (query, part) => {
      const asked = new URLSearchParams(query.map(([key, it]) => [key, it.slice(0, 900)])).toString()
      await refusedOrDone('GET', `/conversations?${asked}`)
      await refusedOrDone('GET', `/conversations/${id}/timeline?${asked}`)
      await refusedOrDone('GET', `/conversations/${encodeURIComponent(part.toWellFormed().slice(0, 300))}`)
    }),
    { numRuns: 100 },
  )
})

test('unknown ids and the ids of others are not found, whatever is done with them', async () => {
  const unknown = '0190aaaa-0000-7000-8000-000000000000'
  const { key } = as
  const secret = (await post(sinew, as, mail())).body
  await sinew.call('PATCH', `/conversations/${secret.conversation?.id}`, { as: { key }, body: { team: world.teams.private } })
  const calls = (it: string, message: string, attachment: string) =>
    [
      ['GET', `/conversations/${it}`, undefined],
      ['GET', `/conversations/${it}/timeline`, undefined],
      ['PATCH', `/conversations/${it}`, { status: 'closed' }],
      ['POST', `/conversations/${it}/messages`, { kind: 'note', text: 'x' }],
      ['PUT', `/conversations/${it}/seen`, undefined],
      ['DELETE', `/conversations/${it}/seen`, undefined],
      ['PUT', `/conversations/${it}/participants/a@b.example`, undefined],
      ['PUT', `/conversations/${it}/guests/${world.partner.id}`, undefined],
      ['DELETE', `/conversations/${it}`, undefined],
      ['GET', `/messages/${message}/source`, undefined],
      ['GET', `/attachments/${attachment}`, undefined],
    ] as const
  for (const ids of [calls(unknown, unknown, unknown), calls(secret.conversation?.id ?? '', secret.message?.id ?? '', unknown)]) {
    for (const [method, path, body] of ids) {
      const { status } = await sinew.call(method, path, { as: world.administrator.as, ...(body ? { body } : {}) })
      expect([method, path, status]).toEqual([method, path, 404])
    }
  }
  expect(await refusedOrDone('GET', '/conversations/not-an-id')).toBe(422)
})

test('a body over the limit is refused with 413', async () => {
  expect(await refusedOrDone('POST', '/conversations', JSON.stringify({ subject: 'x'.repeat(3_000_000) }))).toBe(413)
})

test('the same new customer named by ten programs at once is one customer', async () => {
  const body = { subject: 'At once', message: { text: 'Words' }, customer: { externalId: 'crm-77', email: 'at-once@juniper.example' } }
  const answers = await Promise.all(Array.from({ length: 10 }, () => sinew.call('POST', '/conversations', { as, body })))
  expect(answers.map((it) => it.status)).toEqual(Array(10).fill(201))
  expect(new Set(answers.map((it) => it.body.customer.id)).size).toBe(1)
})
