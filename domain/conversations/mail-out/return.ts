import type { Context } from '../../../kernel/context.ts'
import { type Conversation, reopened } from '../conversation.ts'
import { saveConversation } from '../store.ts'

/** An answer did not arrive: nobody waits for the customer any more, but the customer for us. */
export async function returnToPeople(ctx: Context, conversation: Conversation): Promise<void> {
  if (conversation.status === 'open' || conversation.mergedInto) return
  await saveConversation(ctx.tx, reopened(conversation, ctx.now), ctx.now)
  ctx.record('conversation.reopened', { conversationId: conversation.id, by: 'delivery' })
}
