import { afterAll, beforeAll, expect, test } from 'vitest'
import { commands } from '../../../server/commands/identity.ts'
import { type Somebody, setUp } from '../../../test/support/people.ts'
import { freshSinew, type Sinew } from '../../../test/support/sinew.ts'

let sinew: Sinew
let ana: Somebody
beforeAll(async () => {
  sinew = await freshSinew()
})
afterAll(() => sinew.close())

const print = async (...argv: string[]) => {
  const lines: string[] = []
  await commands['api-key'](argv, { engine: sinew.engine, signIn: async () => sinew.signIn, say: (line) => lines.push(line) })
  return lines.at(-1) ?? ''
}
const me = (key: string) => sinew.call('GET', '/me', { as: { key } })

test('the command line prints a key alone on its last line, before anybody has set up', async () => {
  const key = await print('create', '--name', 'Bench', '--scopes', 'all')
  expect(key).toMatch(/^snw_[0-9a-f]{8}_[0-9a-f]{64}$/)
  expect((await me(key)).body).toMatchObject({ kind: 'integration', person: null, apiKey: { name: 'Bench' } })
  await expect(print('create', '--name', 'Bench', '--scopes', 'everything')).rejects.toThrow('There is no scope "everything"')
  await expect(print('create')).rejects.toThrow('Use: sinew api-key create')
  ana = await setUp(sinew)
})

test('a key is told once and kept as a hash', async () => {
  const { body } = await sinew.call('POST', '/api-keys', { as: ana.as, body: { name: 'Importer', scopes: ['import'] } })
  expect(body.key).toContain(`snw_${body.prefix}_`)
  const kept = JSON.stringify(await sinew.db.selectFrom('api_keys').selectAll().execute())
  const listed = JSON.stringify((await sinew.call('GET', '/api-keys', { as: ana.as })).body)
  expect(kept + listed).not.toContain(body.key.split('_')[2])
})

test('a revoked key ends at once', async () => {
  const { body } = await sinew.call('POST', '/api-keys', { as: ana.as, body: { name: 'Short', scopes: ['read'] } })
  expect((await me(body.key)).status).toBe(200)
  expect((await sinew.call('DELETE', `/api-keys/${body.id}`, { as: ana.as })).status).toBe(204)
  expect((await me(body.key)).status).toBe(401)
})

test('a key acts with its scopes, never as who made it', async () => {
  const { body } = await sinew.call('POST', '/api-keys', { as: ana.as, body: { name: 'Reader', scopes: ['read'] } })
  expect((await sinew.call('POST', '/teams', { as: { key: body.key }, body: { name: 'Mine' } })).status).toBe(403)
  expect((await sinew.call('PATCH', '/me', { as: { key: body.key }, body: {} })).body.error.code).toBe('people_only')
})

test('when a key was last used is known to the minute', async () => {
  const { body } = await sinew.call('POST', '/api-keys', { as: ana.as, body: { name: 'Busy', scopes: ['read'] } })
  const lastUsed = async () =>
    (await sinew.db.selectFrom('api_keys').select('last_used_at').where('id', '=', body.id).executeTakeFirst())?.last_used_at
  await me(body.key)
  const first = await lastUsed()
  sinew.pass(30_000)
  await me(body.key)
  expect(await lastUsed()).toEqual(first)
  sinew.pass(31_000)
  await me(body.key)
  expect(await lastUsed()).toEqual(sinew.now())
})

test.each(['', 'Bearer', 'Bearer snw_nobody', 'Basic YTpi', 'Bearer a b'])('credentials like "%s" are nobody’s', async (authorization) => {
  const answer = await sinew.app.inject({ url: '/api/v1/me', headers: { host: 'localhost:3000', authorization } })
  expect(answer.statusCode).toBe(401)
})
