import type { ConversationId } from '../../contract/conversations.ts'
import type { Context } from '../../kernel/context.ts'
import { permit } from '../../kernel/permission.ts'
import { refuseUnseen } from './screens/timeline.ts'
import { saveSeen } from './store.ts'

/** Remembers for the asker alone that they have seen everything up to now. */
export function markSeen(ctx: Context, id: ConversationId): Promise<void> {
  return remember(ctx, id, ctx.now)
}

export function markUnseen(ctx: Context, id: ConversationId): Promise<void> {
  return remember(ctx, id, null)
}

async function remember(ctx: Context, id: ConversationId, at: Date | null): Promise<void> {
  permit(ctx, 'conversation.read')
  await refuseUnseen(ctx, id)
  if (ctx.actor.kind === 'person') await saveSeen(ctx.tx, { id, personId: ctx.actor.id, at })
}
