import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Method } from '../../contract/endpoint.ts'
import { type Role, roles } from '../../contract/permissions.ts'
import { integration, invited, type Somebody, setUp } from '../../test/support/people.ts'
import { freshSinew, type Sinew } from '../../test/support/sinew.ts'
import { routes } from './routes.ts'

let sinew: Sinew
const people = new Map<string, Somebody>()
beforeAll(async () => {
  sinew = await freshSinew()
  const ana = await setUp(sinew)
  people.set('administrator', ana)
  for (const role of roles) {
    if (role !== 'administrator')
      people.set(role, await invited(sinew, ana, { name: role, email: `${role}@harbour.example`, roles: [role] }))
  }
  for (const scope of ['read', 'write', 'mail', 'admin'] as const) people.set(`key:${scope}`, await integration(sinew, [scope]))
})
afterAll(() => sinew.close())

const all = [...roles, 'key:read', 'key:write', 'key:mail', 'key:admin']
const readers = [...roles, 'key:read', 'key:admin']
const governing: string[] = ['administrator', 'key:admin'] satisfies (Role | `key:${string}`)[]
const leading = ['leader', ...governing]

// Every endpoint that asks for more than being somebody, and who has it. Written out: this table is the promise.
const allowed: Record<string, readonly string[]> = {
  'GET /me': all,
  'PATCH /me': roles,
  'GET /me/sessions': roles,
  'DELETE /me/sessions/:sessionId': roles,
  'GET /people': readers,
  'GET /people/:personId': readers,
  'PATCH /people/:personId': governing,
  'PUT /people/:personId/deactivation': governing,
  'DELETE /people/:personId/deactivation': governing,
  'GET /teams': readers,
  'GET /teams/:teamId': readers,
  'POST /teams': leading,
  'PATCH /teams/:teamId': leading,
  'DELETE /teams/:teamId': leading,
  'PUT /teams/:teamId/members/:personId': leading,
  'DELETE /teams/:teamId/members/:personId': leading,
  'GET /organisations': readers,
  'POST /organisations': governing,
  'PATCH /organisations/:organisationId': governing,
  'DELETE /organisations/:organisationId': governing,
  'GET /invitations': leading,
  'POST /invitations': leading,
  'PUT /invitations/:invitationId/link': leading,
  'DELETE /invitations/:invitationId': leading,
  'GET /api-keys': ['auditor', ...governing],
  'POST /api-keys': governing,
  'DELETE /api-keys/:apiKeyId': governing,
}
const open = ['GET /setup', 'POST /setup', 'POST /invitations/read', 'POST /invitations/accept']
const nobody = '018f2a00-0000-7000-8000-000000000000'

test('every endpoint of identity is in the table', () => {
  const served = routes.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`)
  expect(served.sort()).toEqual([...Object.keys(allowed), ...open].sort())
})

// Bodies that fit and ids that name nothing: whoever is let through meets 200, 404 or 422, the others 403.
const bodies: Record<string, object> = {
  'PATCH /me': {},
  'PATCH /people/:personId': {},
  'PATCH /teams/:teamId': {},
  'PATCH /organisations/:organisationId': {},
  'POST /teams': { name: 'Team' },
  'POST /organisations': { name: 'Organisation', kind: 'partner' },
  'POST /invitations': { email: 'new@harbour.example', roles: ['responder'], organisationId: nobody },
  'POST /api-keys': { name: 'Key', scopes: ['read'] },
}

describe.each(Object.entries(allowed))('%s', (name, who) => {
  test(`is for ${who.length === all.length ? 'everybody' : who.join(', ')}`, async () => {
    const [method, path] = name.split(' ') as [Method, string]
    const ask = async (as?: Somebody['as']) => {
      const body = bodies[name]
      const url = path.replace(/:\w+/g, nobody)
      return (await sinew.call(method, url, { ...(as ? { as } : {}), ...(body ? { body } : {}) })).status
    }
    expect(await ask()).toBe(401)
    const statuses = await Promise.all(all.map(async (it) => [it, await ask(people.get(it)?.as)] as const))
    expect(
      statuses
        .filter(([, status]) => status !== 403)
        .map(([it]) => it)
        .sort(),
    ).toEqual([...who].sort())
    expect(statuses.filter(([, status]) => status >= 500)).toEqual([])
  })
})
