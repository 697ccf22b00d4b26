import type { Actor, Tx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { findPerson } from './people.ts'
import { findTeam } from './teams.ts'

type Asker = { tx: Tx; actor: Actor }

/** The id of a person who can be given work, from an id or `externalId:…`. Refuses `person_not_found`, also for those who left. */
export async function resolvePerson({ tx, actor }: Asker, reference: string): Promise<string> {
  const person = await findPerson(tx, actor, reference)
  if (!person?.active) throw new Refusal('invalid', 'person_not_found', 'There is no such person here, or they left.')
  return person.id
}

/** The id of a team that is at work, from an id or `externalId:…`. Refuses `team_not_found`. */
export async function resolveTeam({ tx, actor }: Asker, reference: string): Promise<string> {
  const team = await findTeam(tx, actor, reference)
  if (!team || team.archived) throw new Refusal('invalid', 'team_not_found', 'There is no such team.')
  return team.id
}

/** Whether an address is that of somebody who works here: mail that claims to come from it proves nothing. */
export async function isColleague(tx: Tx, address: string): Promise<boolean> {
  const row = await tx.selectFrom('people').select('id').where('email', '=', address).executeTakeFirst()
  return row !== undefined
}
