import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWorld, integration, six, type World } from '../../test/support/people.ts'
import { freshSinew, type Sinew } from '../../test/support/sinew.ts'

let sinew: Sinew
let world: World
beforeAll(async () => {
  sinew = await freshSinew()
  world = await buildWorld(sinew)
})
afterAll(() => sinew.close())

const everybody = ['Ana Sousa', 'Mia Private', 'Pat Fixit', 'Rui Open', 'Sam Volta']

test.each([
  ['administrator', everybody],
  ['member', everybody],
  ['responder', everybody],
  ['partner', ['Pat Fixit']],
  ['supplier', ['Sam Volta']],
  ['integration', everybody],
] as const)('%s finds these people', async (who, names) => {
  const { body } = await sinew.call('GET', '/people', { as: world[who].as })
  expect(body.items.map((it: { name: string }) => it.name)).toEqual(names)
})

test.each([
  ['administrator', ['Front desk', 'Payroll', 'Repairs']],
  ['partner', ['Repairs']],
  ['supplier', []],
] as const)('%s finds these teams', async (who, names) => {
  const { body } = await sinew.call('GET', '/teams', { as: world[who].as })
  expect(body.items.map((it: { name: string }) => it.name)).toEqual(names)
})

test.each([
  ['administrator', ['Fixit', 'Harbour', 'Volta']],
  ['partner', ['Fixit', 'Harbour']],
  ['supplier', ['Harbour', 'Volta']],
] as const)('%s finds these organisations', async (who, names) => {
  const { body } = await sinew.call('GET', '/organisations', { as: world[who].as })
  expect(body.items.map((it: { name: string }) => it.name)).toEqual(names)
})

test('who is outside the house cannot reach a person by id', async () => {
  expect((await sinew.call('GET', `/people/${world.administrator.id}`, { as: world.partner.as })).status).toBe(404)
  expect((await sinew.call('GET', `/teams/${world.teams.private}`, { as: world.partner.as })).status).toBe(404)
})

test('sharing a team lets people find each other, and leaving it ends that', async () => {
  const path = `/teams/${world.teams.partner}/members/${world.responder.id}`
  const found = async () => (await sinew.call('GET', `/people/${world.responder.id}`, { as: world.partner.as })).status
  await sinew.call('PUT', path, { as: world.administrator.as })
  expect(await found()).toBe(200)
  await sinew.call('DELETE', path, { as: world.administrator.as })
  expect(await found()).toBe(404)
})

test('a workplace is read by oneself and administrators only', async () => {
  await sinew.call('PATCH', '/me', { as: world.responder.as, body: { workplace: 'at home, Porto' } })
  const reads = await Promise.all(six.map((who) => sinew.call('GET', `/people/${world.responder.id}`, { as: world[who].as })))
  expect(reads.map((it) => it.body.workplace)).toEqual(['at home, Porto', undefined, 'at home, Porto', undefined, undefined, undefined])
  const key = await integration(sinew, ['admin'])
  const read = await sinew.call('GET', `/people/${world.responder.id}`, { as: key.as })
  expect(read.body).toMatchObject({ name: 'Rui Open' })
  expect(read.body.workplace).toBeUndefined()
})

test('people are paged by name without a gap and found by part of a name', async () => {
  const first = await sinew.call('GET', '/people?limit=2', { as: world.administrator.as })
  const rest = await sinew.call('GET', `/people?limit=100&after=${first.body.next}`, { as: world.administrator.as })
  expect([...first.body.items, ...rest.body.items].map((it) => it.name)).toEqual(everybody)
  expect(rest.body.next).toBeNull()
  expect((await sinew.call('GET', '/people?q=fix', { as: world.administrator.as })).body.items).toHaveLength(1)
  expect((await sinew.call('GET', '/people?q=%25', { as: world.administrator.as })).body.items).toEqual([])
  expect((await sinew.call('GET', '/people?after=bogus', { as: world.administrator.as })).status).toBe(422)
})
