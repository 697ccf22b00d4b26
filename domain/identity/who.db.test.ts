import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWorld, type World } from '../../test/support/people.ts'
import { type Credentials, freshSinew, type Sinew } from '../../test/support/sinew.ts'
import { createWhoIs } from './index.ts'

let sinew: Sinew
let world: World
beforeAll(async () => {
  sinew = await freshSinew()
  world = await buildWorld(sinew)
})
afterAll(() => sinew.close())

const requestOf = (as: Credentials) => ({ method: 'GET', headers: 'key' in as ? { authorization: `Bearer ${as.key}` } : { ...as } })

test('each of the six carries the keys of what they may see', () => {
  const { open, private: closed, partner } = world.teams
  const keys = (who: keyof World) => (world[who] as World['member']).actor.audience
  const own = (who: 'administrator' | 'member' | 'responder' | 'partner' | 'supplier') => `person:${world[who].id}`
  expect(keys('administrator')).toEqual(['house', own('administrator')])
  expect(keys('member')).toEqual(['house', own('member'), `team:${closed}`])
  expect(keys('responder')).toEqual(['house', own('responder'), `team:${open}`])
  expect(keys('partner')).toEqual([own('partner'), `team:${partner}`])
  expect(keys('supplier')).toEqual([own('supplier')])
  expect(keys('integration')).toEqual(['house'])
})

test('another process lags behind a change for five seconds at most, and not at all when it asks afresh', async () => {
  const elsewhere = createWhoIs({ db: sinew.db, signIn: sinew.signIn, now: sinew.now })
  const request = requestOf(world.responder.as)
  const roles = (list: string[]) =>
    sinew.call('PATCH', `/people/${world.responder.id}`, { as: world.administrator.as, body: { roles: list } })
  const mayInvite = async (ask = elsewhere) => (await ask(request))?.permissions.has('person.invite')

  expect(await mayInvite()).toBe(false)
  await roles(['leader'])
  expect(await mayInvite()).toBe(false)
  sinew.pass(5_001)
  expect(await mayInvite()).toBe(true)
  await roles(['responder'])
  expect(await mayInvite()).toBe(true)
  expect((await elsewhere.afresh(request))?.permissions.has('person.invite')).toBe(false)
  expect(await mayInvite()).toBe(false)
})

test('what was being looked up when all was forgotten is not remembered', async () => {
  const who = createWhoIs({ db: sinew.db, signIn: sinew.signIn, now: sinew.now })
  const request = requestOf(world.partner.as)
  const early = who(request)
  who.forget()
  const late = who(request)
  expect(late).not.toBe(early)
  expect((await early)?.id).toBe((await late)?.id)
})

test('asking many times at once looks once', async () => {
  const who = createWhoIs({ db: sinew.db, signIn: sinew.signIn, now: sinew.now })
  const request = requestOf(world.integration.as)
  const [first, ...others] = await Promise.all(Array.from({ length: 50 }, () => who(request)))
  expect(others.every((it) => it === first)).toBe(true)
})

test('a session that ran out is nobody’s, however often it was proven before', async () => {
  const who = createWhoIs({ db: sinew.db, signIn: sinew.signIn, now: sinew.now })
  const request = requestOf(world.supplier.as)
  const { session = '' } = (await who(request)) ?? {}
  await sinew.db
    .updateTable('auth_sessions')
    .set({ expires_at: new Date(Date.now() - 1) })
    .where('id', '=', session)
    .execute()
  expect(await who.afresh(request)).toBeNull()
  expect(await who(request)).toBeNull()
})
