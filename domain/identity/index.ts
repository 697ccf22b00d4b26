import type { Module } from '../../kernel/module.ts'
import { deleteExpired } from './access/account.ts'
import { routes } from './routes.ts'

export { countAttempt } from './access/attempts.ts'
export { findAccount, mayEnter } from './access/entry.ts'
export { createApiKey } from './access/keys.ts'
export { removeSecondFactor } from './access/second-factor.ts'
export { newSetupLink } from './access/set-up.ts'
export { isColleague, resolvePerson, resolveTeam } from './lookup.ts'
export { audienceOf } from './teams.ts'
export { actorOfKey, actorOfPerson, createWhoIs } from './who.ts'

/** People, teams and organisations, and how they prove who they are. */
export const identity: Module = {
  name: 'identity',
  routes,
  schedules: [{ name: 'identity-expired', cron: '17 3 * * *', run: (steps) => steps.transact(({ tx, now }) => deleteExpired(tx, now)) }],
}
