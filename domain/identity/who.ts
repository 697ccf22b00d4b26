import type { IncomingHttpHeaders } from 'node:http'
import { type Kysely, sql } from 'kysely'
import { type Role, type Scope, scoped } from '../../contract/permissions.ts'
import type { Database } from '../../database/schema.ts'
import type { Actor, OrganisationKind, Tx } from '../../kernel/context.ts'
import { houseKey, keysOf } from '../../kernel/visibility.ts'
import { markUsed } from './access/store.ts'
import { sha256 } from './access/token.ts'
import { permissionsOf } from './person.ts'

type Request = { method: string; headers: IncomingHttpHeaders }

/** What proves who is asking by their session. It refuses what another site made the browser ask. */
export type Proof = {
  /** The session cookie as it was sent, null when there is none. */
  cookieOf(request: Request): string | null
  /** The session the cookie stands for, null when it is over. */
  sessionOf(request: Request): Promise<{ id: string } | null>
}

/**
 * Who is asking; null when nobody can tell. `forget` drops what is remembered, for a change that must be felt at once;
 * `afresh` asks past the memory, for whoever was told of a change made by another process.
 */
export type Who = { (request: Request): Promise<Actor | null>; forget(): void; afresh(request: Request): Promise<Actor | null> }

const remembered = 5_000
const many = 20_000
const minute = 60_000

/**
 * Tells who is asking, by API key or by session. An answer is remembered for at most five seconds: that long another
 * process may lag behind; this one is told to `forget`. Which session a cookie stands for never changes and is proven once;
 * whether that session still stands is asked each time.
 */
export function createWhoIs({ db, signIn, now }: { db: Kysely<Database>; signIn: Proof; now: () => Date }): Who {
  const answers = remembering(now)
  const proven = new Map<string, string>()
  const asked = async (request: Request, answer: typeof answers.get): Promise<Actor | null> => {
    const bearer = bearerOf(request.headers)
    if (bearer !== null) return answer(sha256(bearer), () => actorOfKey(db, bearer, now()))
    const cookie = signIn.cookieOf(request)
    if (cookie === null) return null
    return answer(cookie, async () => {
      const sessionId = proven.get(cookie) ?? (await signIn.sessionOf(request))?.id
      if (sessionId === undefined) return null
      if (proven.size >= many) proven.clear()
      proven.set(cookie, sessionId)
      return actorOfSession(db, sessionId)
    })
  }
  const whoIs = (request: Request) => asked(request, answers.get)
  return Object.assign(whoIs, { forget: answers.forget, afresh: (request: Request) => asked(request, answers.getAfresh) })
}

function bearerOf(headers: IncomingHttpHeaders): string | null {
  const [, bearer] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? []
  return headers.authorization === undefined ? null : (bearer ?? '')
}

// A forgotten answer that is still being looked up is not remembered when it comes: it may be from before the change.
function remembering(now: () => Date) {
  let known = new Map<string, { until: number; actor: Promise<Actor | null> }>()
  const get = (key: string, look: () => Promise<Actor | null>): Promise<Actor | null> => {
    const hit = known.get(key)
    return hit && hit.until > now().getTime() ? hit.actor : getAfresh(key, look)
  }
  const getAfresh = (key: string, look: () => Promise<Actor | null>): Promise<Actor | null> => {
    if (known.size >= many) known = new Map()
    const here = known
    const actor = look()
    here.set(key, { until: now().getTime() + remembered, actor })
    const drop = () => here.get(key)?.actor === actor && here.delete(key)
    actor.then((it) => it ?? drop(), drop)
    return actor
  }
  const forget = () => {
    known = new Map()
  }
  return { get, getAfresh, forget }
}

// Everybody who may act: joined, and not shut out.
const active = (db: Tx) =>
  db
    .selectFrom('people')
    .innerJoin('organisations', 'organisations.id', 'people.organisation_id')
    .select(['people.id', 'people.roles', 'people.organisation_id', 'organisations.kind'])
    .select(sql<string[]>`array(select team_id::text from memberships where person_id = people.id order by since, team_id)`.as('team_ids'))
    .where('people.joined_at', 'is not', null)
    .where('people.deactivated_at', 'is', null)

/** A person as an actor: the union of their roles' permissions, and the keys of all they may see. Null when they are not active. */
export async function actorOfPerson(db: Tx, personId: string): Promise<Actor | null> {
  const row = await active(db).where('people.id', '=', personId).executeTakeFirst()
  return row ? asActor(row) : null
}

// The machine's clock, not ours: sessions are the sign-in library's, and it knows no other.
async function actorOfSession(db: Tx, sessionId: string): Promise<Actor | null> {
  const row = await active(db)
    .innerJoin('auth_sessions', 'auth_sessions.user_id', 'people.auth_user_id')
    .where('auth_sessions.id', '=', sessionId)
    .where(sql<boolean>`auth_sessions.expires_at > now()`)
    .executeTakeFirst()
  return row ? { ...asActor(row), session: sessionId } : null
}

type Row = { id: string; roles: string[]; organisation_id: string; kind: string; team_ids: string[] }

function asActor(row: Row): Actor {
  const organisationKind = row.kind as OrganisationKind
  const [team] = row.team_ids
  return {
    kind: 'person',
    id: row.id,
    permissions: permissionsOf(row.roles as Role[]),
    audience: keysOf({ id: row.id, organisationKind, teamIds: row.team_ids }),
    organisation: { id: row.organisation_id, kind: organisationKind },
    ...(team ? { team } : {}),
  }
}

/** An API key as an actor. It acts with its scopes, never as who made it; only `admin` sees what private teams keep to themselves. */
export async function actorOfKey(db: Tx, bearer: string, now: Date): Promise<Actor | null> {
  const row = await db
    .selectFrom('api_keys')
    .select(['id', 'scopes', 'last_used_at'])
    .where('sha256', '=', sha256(bearer))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  if (!row.last_used_at || now.getTime() - row.last_used_at.getTime() >= minute) await markUsed(db, row.id, now)
  const scopes = row.scopes as Scope[]
  return {
    kind: 'integration',
    id: row.id,
    permissions: new Set(scopes.flatMap((scope) => scoped[scope])),
    audience: scopes.includes('admin') ? null : [houseKey],
    scopes,
  }
}
