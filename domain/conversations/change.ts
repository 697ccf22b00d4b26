import type { ConversationId } from '../../contract/conversations.ts'
import type { Context } from '../../kernel/context.ts'
import { permit } from '../../kernel/permission.ts'
import { type Conversation, refuseMerged } from './conversation.ts'
import { lockConversation, saveConversation } from './store.ts'

/** The four sentences every verb on a conversation shares: permit and lock, decide, save, record — the last only when something changed. */
export async function changing(
  ctx: Context,
  id: ConversationId,
  decide: (it: Conversation) => Conversation,
  record: (before: Conversation, after: Conversation) => void,
) {
  permit(ctx, 'conversation.update')
  const before = await lockConversation(ctx, id)
  refuseMerged(before)
  const after = decide(before)
  if (after === before) return before
  await saveConversation(ctx.tx, after, ctx.now)
  record(before, after)
  return after
}
