import type { ConversationId } from '../../contract/conversations.ts'
import type { Context } from '../../kernel/context.ts'
import { audienceOf, resolvePerson, resolveTeam } from '../identity/index.ts'
import { changing } from './change.ts'
import { assigned, moved } from './conversation.ts'
import { listGuests } from './store.ts'

/** Gives a conversation to a person, or to nobody. `owner` is an id or `externalId:…`. */
export async function assignConversation(ctx: Context, id: ConversationId, owner: string | null) {
  const ownerId = owner === null ? null : await resolvePerson(ctx, owner)
  return changing(
    ctx,
    id,
    (it) => (it.ownerId === ownerId ? it : assigned(it, ownerId)),
    () => ctx.record('conversation.assigned', { conversationId: id, ownerId }),
  )
}

/** Moves a conversation to a team, or to none. Those who were invited keep seeing it. */
export async function moveConversation(ctx: Context, id: ConversationId, team: string | null) {
  const teamId = team === null ? null : await resolveTeam(ctx, team)
  const audience = await audienceOf(ctx.tx, teamId, await listGuests(ctx.tx, id))
  return changing(
    ctx,
    id,
    (it) => (it.teamId === teamId ? it : moved(it, { id: teamId, audience })),
    () => ctx.record('conversation.moved', { conversationId: id, teamId }),
  )
}
