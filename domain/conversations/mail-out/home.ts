import type { ConversationId } from '../../../contract/conversations.ts'
import type { Context, Tx } from '../../../kernel/context.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Conversation } from '../conversation.ts'
import { lockConversation } from '../store.ts'

/**
 * Locks the conversation a message lies in. Null when there is none the actor may see. Whoever changes a mail's delivery
 * takes this lock first, so that nobody waits for another in a circle.
 */
export async function lockHome(ctx: Context, messageId: string): Promise<Conversation | null> {
  const id = await homeOf(ctx.tx, messageId)
  if (id === null) return null
  const conversation = await lockConversation(ctx, id).catch((error) => {
    if (error instanceof Refusal) return null
    throw error
  })
  // It may have moved with its whole conversation between looking and locking.
  const now = await homeOf(ctx.tx, messageId)
  return now === id ? conversation : lockHome(ctx, messageId)
}

/** The same for a person who asks: what they may not see does not exist. */
export async function getHome(ctx: Context, messageId: string): Promise<Conversation> {
  const conversation = await lockHome(ctx, messageId)
  if (!conversation) throw new Refusal('not_found', 'message_not_found', 'There is no such message.')
  return conversation
}

async function homeOf(tx: Tx, messageId: string): Promise<ConversationId | null> {
  const row = await tx.selectFrom('messages').select('conversation_id').where('id', '=', messageId).executeTakeFirst()
  return (row?.conversation_id ?? null) as ConversationId | null
}
