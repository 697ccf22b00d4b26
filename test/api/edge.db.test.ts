import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { modules } from '../../server/modules.ts'
import { integration, type Somebody, setUp } from '../support/people.ts'
import { freshSinew, type Sinew } from '../support/sinew.ts'

let sinew: Sinew
let ana: Somebody
let key: string

beforeAll(async () => {
  sinew = await freshSinew({ modules })
  ana = await setUp(sinew)
  const robot = await integration(sinew, ['admin'])
  key = 'key' in robot.as ? robot.as.key : ''
})
afterAll(() => sinew.close())

const cookie = () => ('cookie' in ana.as ? ana.as.cookie : '')
const ask = (method: 'GET' | 'POST', url: string, headers: Record<string, string> = {}, payload?: string | object) =>
  sinew.app.inject({ method, url, headers: { host: 'localhost:3000', ...headers }, ...(payload === undefined ? {} : { payload }) })
const bearer = () => ({ authorization: `Bearer ${key}` })

describe('the host', () => {
  test.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000'])('%s is us', async (host) => {
    expect((await ask('GET', '/api/v1/setup', { host })).statusCode).toBe(200)
  })

  test.each(['evil.example', 'localhost:4000', 'localhost', '10.0.0.7:3000', ''])(
    '“%s” gets a page that says what to set, and nothing else',
    async (host) => {
      const answer = await ask('GET', '/api/v1/setup', { host })
      expect(answer.statusCode).toBe(421)
      expect(answer.body).toContain('BASE_URL')
      expect(answer.headers['content-type']).toContain('text/plain')
    },
  )
})

describe('a body', () => {
  test('is not even read when nobody we know sends it', async () => {
    const answer = await ask('POST', '/api/v1/conversations', { 'content-type': 'application/json' }, 'not JSON at all')
    expect(answer.statusCode).toBe(401)
  })

  test.each([100, 10_000, 100_000])('of %i levels is refused, not a fault of ours', async (levels) => {
    const fields = `{"deep":${'['.repeat(levels)}${']'.repeat(levels)}}`
    const customer = '{"email":"deep@juniper.example"}'
    const body = `{"subject":"Deep","message":{"text":"Down"},"customer":${customer},"fields":${fields}}`
    const answer = await ask('POST', '/api/v1/conversations', { ...bearer(), 'content-type': 'application/json' }, body)
    expect([answer.statusCode, answer.json().error.code]).toEqual([422, 'too_deep'])
  })

  test('of a mail is taken only where mail is taken', async () => {
    const answer = await ask('POST', '/api/v1/setup', { 'content-type': 'message/rfc822' }, 'x'.repeat(3_000_000))
    expect([answer.statusCode, answer.json().error.code]).toEqual([413, 'too_large'])
  })
})

describe('what a browser may do with our pages', () => {
  test.each(['/', '/api', '/api/v1/setup', '/api/v1/conversations', '/nowhere', '/healthz'])('%s says it', async (url) => {
    const { headers } = await ask('GET', url)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    })
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe-eval')
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('a change asked for with a session cookie', () => {
  const change = (headers: Record<string, string>) =>
    ask('POST', '/api/v1/teams', { cookie: cookie(), ...headers }, { name: `Team ${Object.keys(headers)}` })
  const ours = { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }

  test('is done for our own page', async () => {
    expect((await change({ ...ours, 'x-sinew': '1' })).statusCode).toBe(201)
  })

  test.each([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another port', { origin: 'http://localhost:4000', 'sec-fetch-site': 'same-site' }],
    ['nobody in particular', {}],
  ])('is refused for %s, whatever the cookie', async (_, headers) => {
    const answer = await change({ ...headers })
    expect([answer.statusCode, answer.json().error.code]).toEqual([403, 'cross_site'])
  })

  test('is refused when it comes as a form', async () => {
    const form = { ...ours, cookie: cookie(), 'content-type': 'application/x-www-form-urlencoded' }
    expect((await ask('POST', '/api/v1/teams', form, 'name=Form')).statusCode).toBeGreaterThanOrEqual(403)
    expect((await sinew.call('GET', '/teams', { as: ana.as })).body.items.map((it: { name: string }) => it.name)).not.toContain('Form')
  })

  test('a cookie of ours cannot be read by scripts, and goes nowhere else', async () => {
    const body = { email: ana.email, password: 'a long enough password' }
    const { cookies } = await sinew.call('POST', '/api/auth/staff/sign-in/email', { body })
    expect(cookies.length).toBeGreaterThan(0)
    for (const it of cookies as { httpOnly?: boolean; sameSite?: string }[]) expect(it).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  })
})

describe('Idempotency-Key', () => {
  const team = (name: string, idempotencyKey: string, as: Record<string, string> = bearer()) =>
    ask('POST', '/api/v1/teams', { ...as, 'idempotency-key': idempotencyKey }, { name })
  const named = async (name: string) =>
    (await sinew.call('GET', '/teams', { as: { key } })).body.items.filter((it: { name: string }) => it.name === name).length

  test('the same call gets the first answer again', async () => {
    const first = await team('Once', 'a')
    const second = await team('Once', 'a')
    expect(first.statusCode).toBe(201)
    expect(second.statusCode).toBe(201)
    expect(second.json()).toEqual(first.json())
    expect(await named('Once')).toBe(1)
  })

  test('another body under the same key is refused', async () => {
    await team('This', 'b')
    const other = await team('That', 'b')
    expect([other.statusCode, other.json().error.code]).toEqual([409, 'idempotency_key_reused'])
    expect(await named('That')).toBe(0)
  })

  test('many at once are done once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => team('Crowd', 'c')))
    expect(answers.map((it) => it.statusCode)).toEqual([201, 201, 201, 201, 201])
    expect(new Set(answers.map((it) => it.json().id)).size).toBe(1)
    expect(await named('Crowd')).toBe(1)
  })

  test('a first try that was refused leaves nothing behind, so that a better one under its key succeeds', async () => {
    await team('Taken', 'd')
    expect((await team('Taken', 'e')).statusCode).toBe(409)
    expect((await team('Free', 'e')).statusCode).toBe(201)
  })

  test('a key is its asker’s own, and each address has its own', async () => {
    expect((await team('Mine', 'f')).statusCode).toBe(201)
    const theirs = { cookie: cookie(), origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }
    expect((await team('Yours', 'f', theirs)).statusCode).toBe(201)
    const elsewhere = await ask('POST', '/api/v1/organisations', { ...bearer(), 'idempotency-key': 'f' }, { name: 'Mine', kind: 'partner' })
    expect(elsewhere.statusCode).toBe(201)
  })

  test('a key that is too long is refused', async () => {
    expect((await team('Long', 'k'.repeat(201))).json().error.code).toBe('idempotency_key_too_long')
  })

  test('mail handed in twice under one key is one message', async () => {
    const mail = 'From: a@client.example\r\nMessage-ID: <once@client.example>\r\nSubject: Once\r\n\r\nHello'
    const headers = { ...bearer(), 'content-type': 'message/rfc822', 'idempotency-key': 'mail' }
    const [first, second] = [
      await ask('POST', '/api/v1/inbound/email', headers, mail),
      await ask('POST', '/api/v1/inbound/email', headers, mail),
    ]
    expect(first.statusCode).toBe(201)
    expect(second.json().message.id).toBe(first.json().message.id)
  })
})

describe('errors', () => {
  test('an address of the API that does not exist answers in its own form', async () => {
    const answer = await ask('GET', '/api/v1/nothing-here', bearer())
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toEqual({ error: { code: 'not_found', message: expect.any(String) } })
  })

  test('a body that is larger than what is taken is refused by its size', async () => {
    const answer = await ask(
      'POST',
      '/api/v1/teams',
      { ...bearer(), 'content-type': 'application/json' },
      `{"name":"${'x'.repeat(3_000_000)}"}`,
    )
    expect([answer.statusCode, answer.json().error.code]).toEqual([413, 'too_large'])
  })

  test('what does not fit says where', async () => {
    const answer = await ask('POST', '/api/v1/teams', bearer(), { name: '' })
    expect(answer.statusCode).toBe(422)
    expect(answer.json().error).toMatchObject({ code: 'invalid_request', issues: [{ path: 'body.name', message: expect.any(String) }] })
  })
})

describe('the reference', () => {
  test('its page and everything it asks for come from here', async () => {
    const page = await ask('GET', '/api')
    expect(page.statusCode).toBe(200)
    const wanted = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? '')
    expect(wanted.length).toBeGreaterThan(2)
    for (const url of wanted) {
      expect(url).toMatch(/^\/api\//)
      expect((await ask('GET', url)).statusCode, url).toBe(200)
    }
    const setUpScript = (await ask('GET', '/api/reference-setup.js')).body
    expect(setUpScript).toContain("url: '/api/v1/openapi.json'")
    expect(setUpScript).toContain('validatorUrl: null')
  })
})

describe('health', () => {
  test('healthz needs no key and no known host, and says nothing of anybody', async () => {
    const answer = await ask('GET', '/healthz', { host: '10.0.0.7' })
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ok' }])
  })

  test('without its database it answers 503 and says so, soon', async () => {
    const lonely = await freshSinew()
    await lonely.pool.end()
    const began = performance.now()
    const answer = await lonely.app.inject({ method: 'GET', url: '/healthz', headers: { host: 'localhost:3000' } })
    expect([answer.statusCode, answer.json().status]).toEqual([503, 'unavailable'])
    expect(answer.json().wrong).toEqual(['The database does not answer.'])
    expect(performance.now() - began).toBeLessThan(3000)
    await lonely.app.close()
  })
})
