import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { parseCookies } from 'better-auth/cookies'
import { fromNodeHeaders } from 'better-auth/node'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Kysely } from 'kysely'
import type { Database } from '../../database/schema.ts'
import { findAccount, mayEnter } from '../../domain/identity/index.ts'
import { newId } from '../../kernel/id.ts'
import { refuseCrossSite } from '../http/cross-site.ts'

export const staffPath = '/api/auth/staff'

/** The header that tells the sign-in library who the client is. What a client sends under this name is overwritten. */
export const clientAddress = 'x-sinew-client-address'

export type SignInParts = {
  db: Kysely<Database>
  /** Names the cookies: browsers tell hosts apart, not ports. */
  instanceId: string
  secret: string
  baseUrl: string
  /** The port this process listens on: localhost is trusted there too. */
  port: number
  log: { warn(message: string): void; error(message: string): void }
  /** Sends a link to choose a new password. Without outgoing mail it is left out, and `bin/sinew user reset-link` prints one. */
  sendResetLink?: (email: string, link: string) => Promise<void>
}

type Request = { method: string; headers: IncomingHttpHeaders }
export type SignIn = Awaited<ReturnType<typeof createSignIn>>

/** How staff prove who they are: address and password, then a second factor where they chose one. Nobody signs up by themselves. */
export async function createSignIn(parts: SignInParts) {
  const { baseUrl, port, db } = parts
  const origins = [new URL(baseUrl).origin, `http://localhost:${port}`, `http://127.0.0.1:${port}`]
  const auth = betterAuth(optionsOf(parts, origins))
  const { internalAdapter, authCookies } = await auth.$context

  return {
    handler: auth.handler,
    baseUrl,
    /** The session cookie as it was sent. Refuses it where another site made the browser send it. */
    cookieOf(request: Request): string | null {
      const cookie = parseCookies(request.headers.cookie ?? '').get(authCookies.sessionToken.name)
      if (cookie === undefined) return null
      refuseCrossSite(request, origins)
      return cookie
    },
    /** Whose session the cookie stands for. It does not prolong the session: the console asks `get-session` for that. */
    async sessionOf({ headers }: Request): Promise<{ id: string } | null> {
      const found = await auth.api.getSession({ headers: fromNodeHeaders(headers), query: { disableRefresh: true } })
      return found && { id: found.session.id }
    },
    /** A link to choose a new password, good for an hour; null when nobody can sign in with this address. */
    async resetLink(email: string): Promise<string | null> {
      const userId = await findAccount(db, email.trim().toLowerCase())
      if (userId === null) return null
      const token = randomBytes(24).toString('base64url')
      const expiresAt = new Date(Date.now() + hour * 1000)
      await internalAdapter.createVerificationValue({ identifier: `reset-password:${token}`, value: userId, expiresAt })
      return linkOf(baseUrl, token)
    },
  }
}

const hour = 3_600
const linkOf = (baseUrl: string, token: string) => `${baseUrl}/reset?token=${encodeURIComponent(token)}`

function optionsOf(parts: SignInParts, origins: string[]) {
  return {
    appName: 'Sinew',
    baseURL: parts.baseUrl,
    basePath: staffPath,
    secret: parts.secret,
    trustedOrigins: origins,
    database: { db: parts.db, type: 'postgres', transaction: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      resetPasswordTokenExpiresIn: hour,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }) => sendLink(parts, user, token),
    },
    plugins: [twoFactor({ issuer: 'Sinew', schema: { user: userColumns, twoFactor: twoFactorColumns } })],
    databaseHooks: { session: { create: { before: ({ userId }) => refuseShutOut(parts.db, userId) } } },
    rateLimit: {
      enabled: true,
      storage: 'database',
      ...tables.rateLimit,
      customRules: { '/sign-in/email': { window: 60, max: 20 }, '/two-factor/*': { window: 60, max: 10 } },
    },
    advanced: {
      cookiePrefix: `sinew-${parts.instanceId}`,
      ipAddress: { ipAddressHeaders: [clientAddress] },
      database: { generateId: () => newId() },
    },
    user: tables.user,
    session: tables.session,
    account: tables.account,
    verification: { ...tables.verification, storeIdentifier: 'hashed' },
    telemetry: { enabled: false },
    logger: { level: 'warn', log: (level, message) => (level === 'error' ? parts.log.error(message) : parts.log.warn(message)) },
  } satisfies BetterAuthOptions
}

async function sendLink(parts: SignInParts, user: { id: string; email: string }, token: string): Promise<void> {
  if (!(await mayEnter(parts.db, user.id))) return
  if (parts.sendResetLink) return parts.sendResetLink(user.email, linkOf(parts.baseUrl, token))
  parts.log.warn('Somebody asked for a new password, and no mail goes out: `bin/sinew user reset-link EMAIL` prints a link.')
}

async function refuseShutOut(db: Kysely<Database>, userId: string): Promise<void> {
  if (await mayEnter(db, userId)) return
  throw new APIError('FORBIDDEN', { code: 'DEACTIVATED', message: 'Your account here is deactivated. Ask an administrator.' })
}

// The library's fields under the names of our columns.
const times = { createdAt: 'created_at', updatedAt: 'updated_at' }
const userColumns = { fields: { twoFactorEnabled: 'two_factor_enabled' } }
const twoFactorColumns = {
  modelName: 'auth_two_factors',
  fields: {
    userId: 'user_id',
    backupCodes: 'backup_codes',
    failedVerificationCount: 'failed_verification_count',
    lockedUntil: 'locked_until',
  },
}
const tables = {
  user: { modelName: 'auth_users', fields: { emailVerified: 'email_verified', ...times } },
  session: {
    modelName: 'auth_sessions',
    fields: { userId: 'user_id', expiresAt: 'expires_at', ipAddress: 'ip_address', userAgent: 'user_agent', ...times },
  },
  account: {
    modelName: 'auth_accounts',
    fields: {
      userId: 'user_id',
      accountId: 'account_id',
      providerId: 'provider_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      ...times,
    },
  },
  verification: { modelName: 'auth_verifications', fields: { expiresAt: 'expires_at', ...times } },
  rateLimit: { modelName: 'auth_rate_limits', fields: { lastRequest: 'last_request' } },
}
