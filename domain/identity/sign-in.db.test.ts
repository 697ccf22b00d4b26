import { afterEach, beforeEach, expect, test } from 'vitest'
import { stepsOf } from '../../kernel/transact.ts'
import { commands } from '../../server/commands/identity.ts'
import { invited, type Somebody, setUp } from '../../test/support/people.ts'
import { cookieOf, password, signIn, tokenOf } from '../../test/support/sign-in.ts'
import { type Credentials, freshSinew, type Sinew, system } from '../../test/support/sinew.ts'
import { codeFor } from '../../test/support/totp.ts'
import { identity } from './index.ts'

const staff = '/api/auth/staff'
const other = 'another long password'
let sinew: Sinew
let ana: Somebody
beforeEach(async () => {
  sinew = await freshSinew()
  ana = await setUp(sinew)
})
afterEach(() => sinew.close())

const enter = (email: string, secret = password) => sinew.call('POST', `${staff}/sign-in/email`, { body: { email, password: secret } })
const me = (as: Credentials) => sinew.call('GET', '/me', { as })
const command = async (name: keyof typeof commands, ...argv: string[]) => {
  const lines: string[] = []
  await commands[name](argv, { engine: sinew.engine, signIn: async () => sinew.signIn, say: (line) => lines.push(line) })
  return lines.at(-1) ?? ''
}

test('a wrong password and an unknown address are told alike', async () => {
  const [wrong, unknown] = [await enter(ana.email, 'not the password'), await enter('nobody@harbour.example')]
  expect(wrong.status).toBe(401)
  expect(unknown.body).toEqual(wrong.body)
  expect(wrong.body.error.code).toBe('invalid_email_or_password')
})

test('nobody signs up by themselves', async () => {
  const body = { name: 'Eve', email: 'eve@evil.example', password }
  expect((await sinew.call('POST', `${staff}/sign-up/email`, { body })).status).toBe(404)
})

test('signing out ends the session at once', async () => {
  expect((await me(ana.as)).status).toBe(200)
  expect((await sinew.call('POST', `${staff}/sign-out`, { as: ana.as, body: {} })).status).toBe(200)
  expect((await me(ana.as)).status).toBe(401)
})

test('asking for a new password answers the same whether or not somebody has that address', async () => {
  const ask = (email: string) => sinew.call('POST', `${staff}/request-password-reset`, { body: { email } })
  const [known, unknown] = [await ask(ana.email), await ask('nobody@harbour.example')]
  expect(known).toEqual(unknown)
  expect(known.status).toBe(200)
})

test('the printed link gives one new password within the hour, and ends all sessions', async () => {
  const token = tokenOf(await command('user', 'reset-link', 'ANA@harbour.example'))
  const reset = (newPassword: string) => sinew.call('POST', `${staff}/reset-password`, { body: { token, newPassword } })
  expect((await reset('short')).status).toBe(400)
  expect((await reset(other)).status).toBe(200)
  expect((await reset('a third long password')).status).toBe(400)
  expect((await me(ana.as)).status).toBe(401)
  expect((await enter(ana.email)).status).toBe(401)
  expect((await enter(ana.email, other)).status).toBe(200)
})

test('a reset link is worth nothing after its hour, and its token is not in the database', async () => {
  const token = tokenOf(await command('user', 'reset-link', ana.email))
  const kept = await sinew.db.selectFrom('auth_verifications').select('identifier').execute()
  expect(kept.some((it) => it.identifier.includes(token))).toBe(false)
  await sinew.db
    .updateTable('auth_verifications')
    .set({ expires_at: new Date(Date.now() - 1) })
    .execute()
  expect((await sinew.call('POST', `${staff}/reset-password`, { body: { token, newPassword: other } })).status).toBe(400)
  await expect(command('user', 'reset-link', 'nobody@harbour.example')).rejects.toThrow('Nobody signs in')
})

test('a second factor is asked for once it is chosen; a backup code serves once; the operator can remove it', async () => {
  const chosen = await sinew.call('POST', `${staff}/two-factor/enable`, { as: ana.as, body: { password } })
  const verified = await sinew.call('POST', `${staff}/two-factor/verify-totp`, { as: ana.as, body: { code: codeFor(chosen.body.totpURI) } })
  expect(verified.status).toBe(200)

  const half = await enter(ana.email)
  expect(half.body).toMatchObject({ twoFactorRedirect: true })
  const halfway = { cookie: cookieOf(half.cookies) }
  expect((await me(halfway)).status).toBe(401)
  expect((await sinew.call('POST', `${staff}/two-factor/verify-totp`, { as: halfway, body: { code: '000000' } })).status).toBe(401)
  const through = await sinew.call('POST', `${staff}/two-factor/verify-totp`, { as: halfway, body: { code: codeFor(chosen.body.totpURI) } })
  expect((await me({ cookie: cookieOf(through.cookies) })).body.twoFactor).toBe(true)

  const backup = async () => {
    const as = { cookie: cookieOf((await enter(ana.email)).cookies) }
    return (await sinew.call('POST', `${staff}/two-factor/verify-backup-code`, { as, body: { code: chosen.body.backupCodes[0] } })).status
  }
  expect([await backup(), await backup()]).toEqual([200, 401])

  await command('user', 'remove-second-factor', ana.email)
  expect((await me(await signIn(sinew, ana.email))).body.twoFactor).toBe(false)
})

test('sessions are listed and one can be ended from another', async () => {
  const laptop = await signIn(sinew, ana.email)
  const { body } = await sinew.call('GET', '/me/sessions', { as: laptop })
  expect(body.items.map((it: { current: boolean }) => it.current)).toEqual([true, false])
  expect((await me(ana.as)).status).toBe(200)
  expect((await sinew.call('DELETE', `/me/sessions/${body.items[1].id}`, { as: laptop })).status).toBe(204)
  expect([(await me(ana.as)).status, (await me(laptop)).status]).toEqual([401, 200])
})

test('nobody ends the session of somebody else', async () => {
  const ben = await invited(sinew, ana, { name: 'Ben', email: 'ben@harbour.example', roles: ['responder'] })
  const { body } = await sinew.call('GET', '/me/sessions', { as: ben.as })
  expect((await sinew.call('DELETE', `/me/sessions/${body.items[0].id}`, { as: ana.as })).status).toBe(404)
  expect((await me(ben.as)).status).toBe(200)
})

test('who is shut out is out at once and stays out until let in again', async () => {
  const ben = await invited(sinew, ana, { name: 'Ben', email: 'ben@harbour.example', roles: ['responder'] })
  expect((await me(ben.as)).status).toBe(200)
  await sinew.call('PUT', `/people/${ben.id}/deactivation`, { as: ana.as })
  expect((await me(ben.as)).status).toBe(401)
  expect((await enter(ben.email)).body.error.code).toBe('deactivated')
  await expect(command('user', 'reset-link', ben.email)).rejects.toThrow('Nobody signs in')
  await sinew.call('DELETE', `/people/${ben.id}/deactivation`, { as: ana.as })
  expect((await me(ben.as)).status).toBe(401)
  expect((await enter(ben.email)).status).toBe(200)
})

test('a cookie is worth nothing to another site, nor with a changed signature', async () => {
  const { cookie } = ana.as as { cookie: string }
  const headers = { host: 'localhost:3000', cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  const forged = await sinew.app.inject({ method: 'PATCH', url: '/api/v1/me', headers, payload: { name: 'Eve' } })
  expect(forged.json().error.code).toBe('cross_site')
  expect((await me({ cookie: cookie.replace(/.{6}$/, 'AAAA%3D') })).status).toBe(401)
})

test('guessing passwords is held back, per client address', async () => {
  const answers = []
  for (let n = 0; n < 22; n += 1) answers.push((await enter('nobody@harbour.example', 'guess')).status)
  expect(answers.at(-1)).toBe(429)
  const headers = { host: 'localhost:3000', 'x-sinew-client-address': '203.0.113.9' }
  const disguised = await sinew.app.inject({
    method: 'POST',
    url: `${staff}/sign-in/email`,
    headers,
    payload: { email: ana.email, password },
  })
  expect(disguised.statusCode).toBe(429)
  const elsewhere = {
    method: 'POST',
    url: `${staff}/sign-in/email`,
    remoteAddress: '203.0.113.9',
    headers: { host: 'localhost:3000' },
  } as const
  expect((await sinew.app.inject({ ...elsewhere, payload: { email: ana.email, password } })).statusCode).toBe(200)
})

test('guessing links is held back', async () => {
  const guess = () => sinew.call('POST', '/invitations/accept', { body: { token: 'a wild guess', name: 'Eve', password } })
  const answers = []
  for (let n = 0; n < 31; n += 1) answers.push((await guess()).status)
  expect(answers[0]).toBe(404)
  expect(answers.at(-1)).toBe(429)
  sinew.pass(61_000)
  expect((await guess()).status).toBe(404)
})

test('what ran out is cleared away at night, and nothing else', async () => {
  const [nightly] = identity.schedules ?? []
  const sessions = async () => (await sinew.db.selectFrom('auth_sessions').select('id').execute()).length
  await command('user', 'reset-link', ana.email)
  await nightly?.run(stepsOf(sinew.engine, system))
  expect(await sessions()).toBe(1)
  sinew.pass(8 * 86_400_000)
  await nightly?.run(stepsOf(sinew.engine, system))
  expect(await sessions()).toBe(0)
  expect(await sinew.db.selectFrom('auth_verifications').select('id').execute()).toEqual([])
})

test('nonsense at the door is refused, never a fault of ours', async () => {
  const nonsense = [
    '"text"',
    '[]',
    'null',
    '{',
    '{"email":1,"password":[]}',
    '{"email":"a@b.example","password":"\\u0000"}',
    '{"email":"\\u0000@b.example","password":"x"}',
  ]
  const paths = [
    'sign-in/email',
    'sign-out',
    'reset-password',
    'request-password-reset',
    'change-password',
    'two-factor/enable',
    'two-factor/verify-totp',
  ]
  for (const path of paths) {
    for (const payload of nonsense) {
      const headers = { host: 'localhost:3000', 'content-type': 'application/json', cookie: 'sinew-test.session_token=%00%ff; a=b' }
      const answer = await sinew.app.inject({
        method: 'POST',
        url: `${staff}/${path}`,
        headers: { ...headers, origin: 'http://localhost:3000' },
        payload,
      })
      expect({ path, payload, status: answer.statusCode < 500 }).toEqual({ path, payload, status: true })
    }
  }
})
