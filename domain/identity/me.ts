import type { Me } from '../../contract/identity.ts'
import type { Permission, Scope } from '../../contract/permissions.ts'
import type { Context } from '../../kernel/context.ts'
import { getPerson } from './people.ts'

/** Who is asking, and what they may do: what the shell of every screen needs first. */
export async function getMe({ tx, actor }: Context): Promise<Me> {
  const permissions = [...actor.permissions].sort() as Permission[]
  if (actor.kind !== 'person') {
    const key = await tx.selectFrom('api_keys').select(['id', 'name', 'scopes']).where('id', '=', actor.id).executeTakeFirstOrThrow()
    const apiKey = { id: key.id, name: key.name, scopes: key.scopes as Scope[] } as Me['apiKey']
    return { kind: 'integration', person: null, apiKey, permissions, twoFactor: false }
  }
  const account = await tx
    .selectFrom('people')
    .innerJoin('auth_users', 'auth_users.id', 'people.auth_user_id')
    .select('auth_users.two_factor_enabled')
    .where('people.id', '=', actor.id)
    .executeTakeFirst()
  const person = await getPerson(tx, actor, actor.id)
  return { kind: 'person', person, apiKey: null, permissions, twoFactor: account?.two_factor_enabled ?? false }
}
