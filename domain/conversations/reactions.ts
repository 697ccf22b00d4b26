import { on } from '../../kernel/reaction.ts'
import { audienceOf } from '../identity/index.ts'
import { saveTeamAudience } from './store.ts'

/** A team that becomes private takes its conversations with it, and one that opens shows them. */
const teamChanged = on('team.changed', async ({ tx }, { teamId, fields }) => {
  if (fields.includes('private')) await saveTeamAudience(tx, teamId, await audienceOf(tx, teamId))
})

export const reactions = [teamChanged]
