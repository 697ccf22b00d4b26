import type { Role } from '../../contract/permissions.ts'
import { actorOfKey, actorOfPerson, createApiKey, newSetupLink } from '../../domain/identity/index.ts'
import type { Actor } from '../../kernel/context.ts'
import { password, signIn, tokenOf } from './sign-in.ts'
import type { Credentials, Sinew } from './sinew.ts'

/** Somebody of the small world: their id, what they carry, and how they sign their calls. */
export type Somebody = { id: string; email: string; actor: Actor; as: Credentials }

export type World = Awaited<ReturnType<typeof buildWorld>>

/** Sets the instance up, by the printed link, and signs its first administrator in. */
export async function setUp(sinew: Sinew): Promise<Somebody> {
  const email = 'ana@harbour.example'
  const token = tokenOf(await sinew.act(newSetupLink))
  const { body } = await sinew.call('POST', '/setup', { body: { token, organisation: 'Harbour', name: 'Ana Sousa', email, password } })
  return somebody(sinew, body.personId, email)
}

type Newcomer = { name: string; email: string; roles: Role[]; organisationId?: string; teamIds?: string[] }

/** Invites a person, accepts for them and signs them in. */
export async function invited(sinew: Sinew, by: Somebody, newcomer: Newcomer): Promise<Somebody> {
  const invitation = await sinew.call('POST', '/invitations', { as: by.as, body: newcomer })
  if (invitation.status !== 201) throw new Error(`${newcomer.email} was not invited: ${JSON.stringify(invitation.body)}`)
  const body = { token: tokenOf(invitation.body.link), name: newcomer.name, password }
  const joined = await sinew.call('POST', '/invitations/accept', { body })
  return somebody(sinew, joined.body.personId, newcomer.email)
}

async function somebody(sinew: Sinew, id: string, email: string): Promise<Somebody> {
  const actor = await actorOfPerson(sinew.db, id)
  if (!actor) throw new Error(`${email} did not join.`)
  return { id, email, actor, as: await signIn(sinew, email) }
}

/** An API key as an actor. */
export async function integration(sinew: Sinew, scopes: Parameters<typeof createApiKey>[1]['scopes']): Promise<Somebody> {
  const { id, key } = await sinew.act((ctx) => createApiKey(ctx, { name: `Key to ${scopes.join(', ')}`, scopes }))
  const actor = await actorOfKey(sinew.db, key, sinew.now())
  if (!actor) throw new Error('The key is not known.')
  return { id, email: '', actor, as: { key } }
}

/**
 * The six who see differently: an administrator, an in-house responder in a private team and one outside it, a partner's
 * responder in a partner's team, a supplier's person in no team, and a key that reads.
 */
export async function buildWorld(sinew: Sinew) {
  const administrator = await setUp(sinew)
  const make = async (path: string, body: object) => (await sinew.call('POST', path, { as: administrator.as, body })).body.id as string
  const organisations = {
    house: administrator.actor.organisation?.id ?? '',
    partner: await make('/organisations', { name: 'Fixit', kind: 'partner', functions: ['repair'] }),
    supplier: await make('/organisations', { name: 'Volta', kind: 'supplier' }),
  }
  const teams = {
    open: await make('/teams', { name: 'Front desk' }),
    private: await make('/teams', { name: 'Payroll', private: true }),
    partner: await make('/teams', { name: 'Repairs' }),
  }
  await sinew.call('DELETE', `/teams/${teams.private}/members/${administrator.id}`, { as: administrator.as })
  const person = (name: string, more: Omit<Newcomer, 'name' | 'email' | 'roles'>) =>
    invited(sinew, administrator, { name, email: `${name.split(' ')[0]?.toLowerCase()}@people.example`, roles: ['responder'], ...more })
  return {
    organisations,
    teams,
    administrator,
    member: await person('Mia Private', { teamIds: [teams.private] }),
    responder: await person('Rui Open', { teamIds: [teams.open] }),
    partner: await person('Pat Fixit', { organisationId: organisations.partner, teamIds: [teams.partner] }),
    supplier: await person('Sam Volta', { organisationId: organisations.supplier }),
    integration: await integration(sinew, ['read']),
  }
}

/** The six, by name: for tables. */
export const six = ['administrator', 'member', 'responder', 'partner', 'supplier', 'integration'] as const
