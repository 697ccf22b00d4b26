import type { ConversationId } from '../../contract/conversations.ts'
import type { Context } from '../../kernel/context.ts'
import { permit } from '../../kernel/permission.ts'
import { audienceOf, resolvePerson } from '../identity/index.ts'
import { refuseMerged } from './conversation.ts'
import { insertGuest, listGuests, lockConversation, saveConversation } from './store.ts'

/** Lets a person from outside its teams see one conversation, and only this one. */
export async function inviteToConversation(ctx: Context, id: ConversationId, person: string): Promise<void> {
  permit(ctx, 'conversation.update')
  const conversation = await lockConversation(ctx, id)
  refuseMerged(conversation)
  const personId = await resolvePerson(ctx, person)
  await insertGuest(ctx.tx, { id, personId, now: ctx.now })
  const audience = await audienceOf(ctx.tx, conversation.teamId, await listGuests(ctx.tx, id))
  await saveConversation(ctx.tx, { ...conversation, audience }, ctx.now)
  ctx.record('conversation.guest_invited', { conversationId: id, personId })
}
