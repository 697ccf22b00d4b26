import type { ConversationId } from '../../contract/conversations.ts'
import type { Context } from '../../kernel/context.ts'
import { changing } from './change.ts'
import { closed, reopened, snoozed, waiting } from './conversation.ts'

export function closeConversation(ctx: Context, id: ConversationId) {
  return changing(
    ctx,
    id,
    (it) => closed(it, ctx.now),
    () => ctx.record('conversation.closed', { conversationId: id }),
  )
}

export function reopenConversation(ctx: Context, id: ConversationId) {
  return changing(
    ctx,
    id,
    (it) => reopened(it, ctx.now),
    () => ctx.record('conversation.reopened', { conversationId: id, by: 'person' }),
  )
}

/** Waits for the customer: out of the way until they write. */
export function letConversationWait(ctx: Context, id: ConversationId) {
  return changing(
    ctx,
    id,
    (it) => waiting(it, ctx.now),
    () => ctx.record('conversation.waiting', { conversationId: id }),
  )
}

export function snoozeConversation(ctx: Context, id: ConversationId, until: Date) {
  return changing(
    ctx,
    id,
    (it) => snoozed(it, until, ctx.now),
    () => ctx.record('conversation.snoozed', { conversationId: id, until: until.toISOString() }),
  )
}

/** Its time has come. Asked twice, or too early because someone prolonged it meanwhile, it stays as it is. */
export function wakeConversation(ctx: Context, id: ConversationId) {
  return changing(
    ctx,
    id,
    (it) => (it.status === 'snoozed' && it.snoozedUntil && it.snoozedUntil <= ctx.now ? reopened(it, ctx.now) : it),
    () => ctx.record('conversation.woke', { conversationId: id }),
  )
}
