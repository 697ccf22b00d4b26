import { afterAll, beforeAll, expect, test } from 'vitest'
import { cookieOf, tokenOf } from '../../test/support/sign-in.ts'
import { freshSinew, type Sinew } from '../../test/support/sinew.ts'
import { newSetupLink } from './index.ts'

let sinew: Sinew
beforeAll(async () => {
  sinew = await freshSinew()
})
afterAll(() => sinew.close())

const ana = { organisation: 'Harbour', name: 'Ana Sousa', email: 'Ana@Harbour.example', password: 'a long enough password' }
const setUp = (more: object) => sinew.call('POST', '/setup', { body: { ...ana, ...more } })

test('the first person comes in by the printed link, once, and signs in', async () => {
  expect((await sinew.call('GET', '/setup')).body).toEqual({ needed: true })
  expect((await setUp({ token: 'not the printed one' })).body.error.code).toBe('wrong_setup_link')

  const token = tokenOf(await sinew.act(newSetupLink))
  expect((await setUp({ token, password: 'short' })).status).toBe(422)
  const [first, second] = await Promise.all([setUp({ token }), setUp({ token, email: 'also@harbour.example' })])
  expect([first.status, second.status].sort()).toEqual([201, 409])
  expect((await sinew.call('GET', '/setup')).body).toEqual({ needed: false })
  expect(await sinew.act(newSetupLink)).toBeNull()
})

test('the first person is administrator of the house', async () => {
  const { email } = await sinew.db.selectFrom('people').select('email').executeTakeFirstOrThrow()
  const entered = await sinew.call('POST', '/api/auth/staff/sign-in/email', { body: { email, password: ana.password } })
  expect(entered.status).toBe(200)
  const { body } = await sinew.call('GET', '/me', { as: { cookie: cookieOf(entered.cookies) } })
  expect(body).toMatchObject({
    kind: 'person',
    person: { name: 'Ana Sousa', email, roles: ['administrator'], organisation: { name: 'Harbour', kind: 'in_house' } },
  })
  expect(body.permissions).toContain('person.update')
  const names = await sinew.db.selectFrom('event_log').select('name').orderBy('id').execute()
  expect(names.map((it) => it.name)).toEqual(['person.joined', 'instance.set_up'])
})
