import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWorld, invited, type Somebody, type World } from '../../../test/support/people.ts'
import { password, tokenOf } from '../../../test/support/sign-in.ts'
import { freshSinew, type Sinew } from '../../../test/support/sinew.ts'

let sinew: Sinew
let world: World
let leader: Somebody
let foreignLeader: Somebody
beforeAll(async () => {
  sinew = await freshSinew()
  world = await buildWorld(sinew)
  const { organisations, teams } = world
  leader = await invited(sinew, world.administrator, { name: 'Lea', email: 'lea@harbour.example', roles: ['leader'] })
  const partner = { organisationId: organisations.partner, teamIds: [teams.partner] }
  foreignLeader = await invited(sinew, world.administrator, { name: 'Fil', email: 'fil@fixit.example', roles: ['leader'], ...partner })
})
afterAll(() => sinew.close())

let count = 0
const invite = (by: Somebody, more: object) => {
  count += 1
  return sinew.call('POST', '/invitations', { as: by.as, body: { email: `guest${count}@people.example`, roles: ['responder'], ...more } })
}
const accept = (link: string, name = 'Guest') =>
  sinew.call('POST', '/invitations/accept', { body: { token: tokenOf(link), name, password } })

test('a person joins by the link with the roles, organisation and teams they were invited to', async () => {
  const { body } = await invite(leader, { organisationId: world.organisations.partner, teamIds: [world.teams.partner], name: 'Gil' })
  const offer = await sinew.call('POST', '/invitations/read', { body: { token: tokenOf(body.link) } })
  expect(offer.body).toMatchObject({ email: body.email, name: 'Gil', organisation: 'Fixit' })
  const { personId } = (await accept(body.link, 'Gil Sá')).body
  const person = await sinew.call('GET', `/people/${personId}`, { as: leader.as })
  expect(person.body).toMatchObject({ name: 'Gil Sá', roles: ['responder'], organisation: { name: 'Fixit' }, teams: [{ name: 'Repairs' }] })
})

test('a link serves once', async () => {
  const { body } = await invite(leader, {})
  const answers = await Promise.all([accept(body.link), accept(body.link)])
  expect(answers.map((it) => it.status).sort()).toEqual([201, 409])
})

test('a link ends after seven days, when taken back, and when sent again', async () => {
  const one = (await invite(leader, {})).body
  const again = (await sinew.call('PUT', `/invitations/${one.id}/link`, { as: leader.as })).body
  expect((await accept(one.link)).status).toBe(404)
  const two = (await invite(leader, {})).body
  expect((await sinew.call('DELETE', `/invitations/${two.id}`, { as: leader.as })).status).toBe(204)
  expect((await accept(two.link)).body.error.code).toBe('invitation_revoked')
  sinew.pass(7 * 86_400_000)
  expect((await accept(again.link)).body.error.code).toBe('invitation_expired')
  const { body } = await sinew.call('POST', '/invitations', { as: leader.as, body: { email: one.email, roles: ['responder'] } })
  expect((await accept(body.link)).status).toBe(201)
})

test('only a hash of the link is kept', async () => {
  const { body } = await invite(leader, {})
  const kept = await sinew.db.selectFrom('invitations').selectAll().execute()
  expect(JSON.stringify(kept)).not.toContain(tokenOf(body.link))
  const listed = await sinew.call('GET', '/invitations', { as: leader.as })
  const found = listed.body.items.find((it: { id: string }) => it.id === body.id)
  expect(found).toMatchObject({ state: 'open', can: ['resend', 'revoke'] })
  expect(JSON.stringify(listed.body)).not.toContain(tokenOf(body.link))
})

test('an address is invited once at a time, and not when somebody has it', async () => {
  const { body } = await invite(leader, {})
  const twice = { email: body.email.toUpperCase(), roles: ['responder'] }
  expect((await sinew.call('POST', '/invitations', { as: leader.as, body: twice })).body.error.code).toBe('already_invited')
  expect((await invite(leader, { email: world.responder.email })).body.error.code).toBe('already_joined')
})

test('nobody invites with more power than they have', async () => {
  const code = async (by: Somebody, more: object) => (await invite(by, more)).body.error?.code
  expect(await code(leader, { roles: ['administrator'] })).toBe('more_than_yours')
  expect(await code(leader, { roles: ['responder', 'auditor'] })).toBe('more_than_yours')
  expect(await code(leader, { teamIds: [world.teams.private] })).toBe('more_than_yours')
  expect(await code(foreignLeader, {})).toBe('more_than_yours')
  expect(await code(foreignLeader, { organisationId: world.organisations.partner, teamIds: [world.teams.open] })).toBe('team_not_found')
  expect(await code(world.administrator, { organisationId: world.organisations.partner, roles: ['administrator'] })).toBe(
    'administrator_not_in_house',
  )
  expect(await code(foreignLeader, { organisationId: world.organisations.partner, teamIds: [world.teams.partner] })).toBeUndefined()
  expect(await code(world.administrator, { roles: ['administrator'], teamIds: [world.teams.private] })).toBeUndefined()
})

test('a stronger invitation cannot be sent again by somebody weaker', async () => {
  const { body } = await invite(world.administrator, { roles: ['administrator'] })
  expect((await sinew.call('PUT', `/invitations/${body.id}/link`, { as: leader.as })).body.error.code).toBe('more_than_yours')
})

test('a partner’s leader finds only invitations into their own organisation', async () => {
  const { body } = await sinew.call('GET', '/invitations', { as: foreignLeader.as })
  expect(new Set(body.items.map((it: { organisation: { name: string } }) => it.organisation.name))).toEqual(new Set(['Fixit']))
})

test('a partner’s leader neither invites into another organisation nor touches its invitations', async () => {
  const into = { organisationId: world.organisations.supplier }
  expect((await invite(foreignLeader, into)).body.error.code).toBe('organisation_not_found')
  const { body } = await invite(world.administrator, into)
  expect((await sinew.call('PUT', `/invitations/${body.id}/link`, { as: foreignLeader.as })).status).toBe(404)
  expect((await sinew.call('DELETE', `/invitations/${body.id}`, { as: foreignLeader.as })).status).toBe(404)
})
