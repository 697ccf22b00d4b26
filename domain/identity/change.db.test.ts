import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWorld, invited, type Somebody, type World } from '../../test/support/people.ts'
import { freshSinew, type Sinew } from '../../test/support/sinew.ts'
import { audienceOf } from './index.ts'

let sinew: Sinew
let world: World
let ana: Somebody
let leader: Somebody
beforeAll(async () => {
  sinew = await freshSinew()
  world = await buildWorld(sinew)
  ana = world.administrator
  leader = await invited(sinew, ana, { name: 'Lea', email: 'lea@harbour.example', roles: ['leader'] })
})
afterAll(() => sinew.close())

const patch = (path: string, body: object, as = ana.as) => sinew.call('PATCH', path, { as, body })
const names = async () => (await sinew.db.selectFrom('event_log').select(['name', 'data']).orderBy('id').execute()).map((it) => it.name)

test('the last administrator can neither step down nor be shut out, not even two at once', async () => {
  expect((await patch(`/people/${ana.id}`, { roles: ['responder'] })).body.error.code).toBe('last_administrator')
  expect((await sinew.call('PUT', `/people/${ana.id}/deactivation`, { as: ana.as })).body.error.code).toBe('last_administrator')
  await patch(`/people/${leader.id}`, { roles: ['leader', 'administrator'] })
  const both = await Promise.all([ana, leader].map((it) => patch(`/people/${it.id}`, { roles: ['leader'] }, it.as)))
  expect(both.map((it) => it.status).sort()).toEqual([200, 409])
  const left = await sinew.db.selectFrom('people').select(['id', 'roles']).execute()
  expect(left.filter((it) => it.roles.includes('administrator'))).toHaveLength(1)
  const stayed = left.find((it) => it.roles.includes('administrator'))?.id === ana.id ? ana : leader
  await patch(`/people/${ana.id}`, { roles: ['administrator'] }, stayed.as)
  await patch(`/people/${leader.id}`, { roles: ['leader'] })
})

test('a changed role is felt by the next request', async () => {
  const may = async () => (await sinew.call('GET', '/api-keys', { as: world.responder.as })).status
  expect(await may()).toBe(403)
  await patch(`/people/${world.responder.id}`, { roles: ['responder', 'auditor'] })
  expect(await may()).toBe(200)
  await patch(`/people/${world.responder.id}`, { roles: ['responder'] })
  expect(await may()).toBe(403)
})

test('one changes one’s own profile, but not one’s roles', async () => {
  const mine = await patch(
    '/me',
    { functions: ['billing'], language: 'pt-BR', timeZone: 'Europe/Lisbon', workplace: 'Porto' },
    world.member.as,
  )
  expect(mine.body).toMatchObject({ functions: ['billing'], language: 'pt-BR', timeZone: 'Europe/Lisbon', workplace: 'Porto' })
  expect((await patch('/me', { timeZone: 'Mars/Olympus' }, world.member.as)).status).toBe(422)
  await patch('/me', { roles: ['administrator'] }, world.member.as)
  expect((await sinew.call('GET', '/me', { as: world.member.as })).body.person.roles).toEqual(['responder'])
})

test('an address belongs to one person, and signing in follows it', async () => {
  expect((await patch(`/people/${leader.id}`, { email: ana.email })).body.error.code).toBe('email_taken')
  await patch(`/people/${leader.id}`, { email: 'Leader@harbour.example' })
  const { email } = await sinew.db.selectFrom('auth_users').select('email').where('name', '=', 'Lea').executeTakeFirstOrThrow()
  expect(email).toBe('leader@harbour.example')
})

test('a leader runs open teams and the private ones they are in', async () => {
  const made = await sinew.call('POST', '/teams', { as: leader.as, body: { name: 'Night shift', private: true } })
  expect(made.body).toMatchObject({ private: true, members: [{ name: 'Lea' }], can: ['change'] })
  const join = (team: string, person: Somebody) => sinew.call('PUT', `/teams/${team}/members/${person.id}`, { as: leader.as })
  expect((await join(made.body.id, world.responder)).body.members).toHaveLength(2)
  expect((await join(world.teams.open, world.supplier)).body.members).toHaveLength(2)
  expect((await join(world.teams.private, leader)).body.error.code).toBe('team_is_private')
  expect((await patch(`/teams/${world.teams.private}`, { private: false }, leader.as)).body.error.code).toBe('team_is_private')
})

test('team names are told apart, until the other is archived', async () => {
  const make = () => sinew.call('POST', '/teams', { as: leader.as, body: { name: 'Returns' } })
  const { body } = await make()
  expect((await make()).body.error.code).toBe('team_exists')
  expect((await sinew.call('DELETE', `/teams/${body.id}`, { as: leader.as })).status).toBe(204)
  expect((await make()).status).toBe(201)
  expect((await patch(`/teams/${body.id}`, { archived: false }, leader.as)).body.error.code).toBe('team_exists')
  expect((await sinew.call('PUT', `/teams/${body.id}/members/${ana.id}`, { as: leader.as })).body.error.code).toBe('team_archived')
})

test('the keys of a row follow its team', async () => {
  const { open, private: closed } = world.teams
  expect(await audienceOf(sinew.db, null)).toEqual(['house'])
  expect(await audienceOf(sinew.db, open)).toEqual(['house', `team:${open}`])
  expect(await audienceOf(sinew.db, closed, ['p'])).toEqual([`team:${closed}`, 'person:p'])
})

test('an organisation is removed only when nobody belongs to it, the own one never', async () => {
  const remove = (id: string) => sinew.call('DELETE', `/organisations/${id}`, { as: ana.as })
  expect((await remove(world.organisations.house)).body.error.code).toBe('own_organisation')
  expect((await remove(world.organisations.supplier)).body.error.code).toBe('organisation_in_use')
  const { body } = await sinew.call('POST', '/organisations', { as: ana.as, body: { name: 'Brief', kind: 'supplier' } })
  expect((await remove(body.id)).status).toBe(204)
  expect((await sinew.call('POST', '/organisations', { as: ana.as, body: { name: 'FIXIT', kind: 'supplier' } })).body.error.code).toBe(
    'organisation_exists',
  )
})

test('what did not change is not told', async () => {
  const before = (await names()).length
  await patch('/me', { language: 'pt-BR' }, world.member.as)
  await sinew.call('PUT', `/teams/${world.teams.partner}/members/${world.partner.id}`, { as: ana.as })
  expect((await names()).length).toBe(before)
})

test('no event tells a name, an address or a workplace', async () => {
  const told = JSON.stringify(await sinew.db.selectFrom('event_log').select('data').execute())
  for (const word of ['Ana', 'Lea', 'example', 'Porto', 'Payroll', 'Fixit']) expect(told).not.toContain(word)
})
