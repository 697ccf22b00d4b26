import type { ConversationId } from '../../contract/conversations.ts'
import type { Context } from '../../kernel/context.ts'
import { changing } from './change.ts'
import { renamed, tagged, withFields } from './conversation.ts'

export function tagConversation(ctx: Context, id: ConversationId, tags: readonly string[]) {
  return changing(
    ctx,
    id,
    (it) => tagged(it, tags),
    (before, after) =>
      ctx.record('conversation.tagged', {
        conversationId: id,
        added: after.tags.filter((tag) => !before.tags.includes(tag)).length,
        removed: before.tags.filter((tag) => !after.tags.includes(tag)).length,
      }),
  )
}

/** Sets fields by name; `null` removes one. */
export function describeConversation(ctx: Context, id: ConversationId, change: Record<string, unknown>) {
  return changing(
    ctx,
    id,
    (it) => withFields(it, change),
    () => ctx.record('conversation.fields_changed', { conversationId: id, fields: Object.keys(change).length }),
  )
}

export function renameConversation(ctx: Context, id: ConversationId, subject: string) {
  return changing(
    ctx,
    id,
    (it) => renamed(it, subject),
    () => ctx.record('conversation.renamed', { conversationId: id }),
  )
}

/** Says what it is for (transaction, service, sale) and what kind of matter it is. */
export function classifyConversation(ctx: Context, id: ConversationId, change: { purpose?: string | null; kind?: string | null }) {
  return changing(
    ctx,
    id,
    (it) => ({ ...it, ...change }),
    () => ctx.record('conversation.fields_changed', { conversationId: id, fields: Object.keys(change).length }),
  )
}
