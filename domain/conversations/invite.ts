import type { ConversationId } from '../../contract/conversations.ts'
import type { Context } from '../../kernel/context.ts'
import { permit } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { audienceOf, resolvePerson } from '../identity/index.ts'
import { type Conversation, refuseMerged } from './conversation.ts'
import { deleteGuest, insertGuest, listGuests, lockConversation, saveConversation } from './store.ts'

/** Lets a person from outside its teams see one conversation, and only this one. */
export async function inviteToConversation(ctx: Context, id: ConversationId, person: string): Promise<void> {
  permit(ctx, 'conversation.update')
  const conversation = await lockConversation(ctx, id)
  refuseMerged(conversation)
  const personId = await resolvePerson(ctx, person)
  await insertGuest(ctx.tx, { id, personId, now: ctx.now })
  await openToGuests(ctx, conversation)
  ctx.record('conversation.guest_invited', { conversationId: id, personId })
}

/** Takes an invitation back. Who sees the conversation by their team goes on seeing it. */
export async function uninviteFromConversation(ctx: Context, id: ConversationId, personId: string): Promise<void> {
  permit(ctx, 'conversation.update')
  const conversation = await lockConversation(ctx, id)
  if (!(await deleteGuest(ctx.tx, { id, personId }))) throw new Refusal('not_found', 'guest_not_found', 'This person is not invited here.')
  await openToGuests(ctx, conversation)
  ctx.record('conversation.guest_uninvited', { conversationId: id, personId })
}

async function openToGuests(ctx: Context, conversation: Conversation): Promise<void> {
  const audience = await audienceOf(ctx.tx, conversation.teamId, await listGuests(ctx.tx, conversation.id))
  await saveConversation(ctx.tx, { ...conversation, audience }, ctx.now)
}
