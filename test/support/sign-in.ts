import type { Credentials, Sinew } from './sinew.ts'

export const password = 'a long enough password'

/** Signs in as the console does, and answers the cookies that came back. */
export async function signIn(sinew: Sinew, email: string, secret = password): Promise<Credentials> {
  const answer = await sinew.call('POST', '/api/auth/staff/sign-in/email', { body: { email, password: secret } })
  if (answer.status !== 200) throw new Error(`${email} could not sign in: ${JSON.stringify(answer.body)}`)
  return { cookie: cookieOf(answer.cookies) }
}

/** The cookies of an answer, as a browser sends them back. */
export const cookieOf = (cookies: { name: string; value: string }[]) =>
  cookies.map((it) => `${it.name}=${encodeURIComponent(it.value)}`).join('; ')

/** The secret at the end of a set-up, invitation or reset link. */
export const tokenOf = (link: string | null) => new URL(link ?? 'no:link').searchParams.get('token') ?? ''
