const password = 'a calm long password'

export type Newcomer = { name: string; email: string }
export type Caller = Awaited<ReturnType<typeof setUp>>

/** The first person of an empty Sinew, as somebody who can call its API. */
export async function setUp(address: string, link: string, organisation: string, { name, email }: Newcomer) {
  const token = new URL(link).searchParams.get('token')
  await send(address, 'POST', '/setup', { body: { token, organisation, name, email, password } })
  return signIn(address, email)
}

/** Somebody who was invited and came. */
export async function invite(by: Caller, { name, email, ...more }: Newcomer & { organisationId?: string; teamIds?: string[] }) {
  const { link } = await by.call<{ link: string }>('POST', '/invitations', { email, roles: ['responder'], ...more })
  const token = new URL(link).searchParams.get('token')
  await send(by.address, 'POST', '/invitations/accept', { body: { token, name, password } })
  return signIn(by.address, email)
}

async function signIn(address: string, email: string) {
  const { cookies } = await send(address, 'POST', '/sign-in/email', { body: { email, password }, root: '/api/auth/staff' })
  const cookie = cookies.join('; ')
  const call = async <T>(method: string, path: string, body?: unknown) => (await send(address, method, path, { body, cookie })).body as T
  return { address, cookies, call }
}

type More = { body?: unknown; cookie?: string; root?: string }

async function send(address: string, method: string, path: string, { body, cookie = '', root = '/api/v1' }: More) {
  const json = body === undefined ? {} : { 'content-type': 'application/json' }
  const headers = { origin: address, 'sec-fetch-site': 'same-origin', 'x-sinew': '1', cookie, ...json }
  const response = await fetch(address + root + path, { method, headers, body: body === undefined ? null : JSON.stringify(body) })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
  return { body: text ? JSON.parse(text) : undefined, cookies: response.headers.getSetCookie().map((it) => it.split(';')[0] ?? '') }
}
