import type { ConversationId } from '../../contract/conversations.ts'
import type { MessageView } from '../../contract/timeline.ts'
import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/id.ts'
import { permit } from '../../kernel/permission.ts'
import { safeHtml, snippetOf } from '../channels/index.ts'
import { authorOf } from './author.ts'
import { refuseMerged } from './conversation.ts'
import { insertMessage } from './message-store.ts'
import { lockConversation, saveNewest } from './store.ts'
import { getMessage } from './timeline-message.ts'
import { textOf } from './words.ts'

/** Writes an internal note: for colleagues, never for the customer. */
export async function writeNote(
  ctx: Context,
  id: ConversationId,
  words: { text?: string | undefined; html?: string | undefined },
): Promise<MessageView> {
  permit(ctx, 'conversation.note')
  refuseMerged(await lockConversation(ctx, id))
  const messageId = newId(ctx.now)
  const author = await authorOf(ctx)
  const text = textOf(words)
  const html = words.html === undefined ? null : safeHtml(words.html, { inlineUrl: () => null }).html
  await insertMessage(ctx.tx, {
    id: messageId,
    conversationId: id,
    at: ctx.now,
    medium: 'email',
    direction: 'internal',
    author,
    text,
    replyText: text,
    html,
  })
  await saveNewest(ctx.tx, id, {
    at: ctx.now,
    direction: 'internal',
    from: author.name,
    snippet: snippetOf(text),
    countsAsUnread: false,
    now: ctx.now,
  })
  ctx.record('note.written', { conversationId: id, messageId })
  return getMessage(ctx, messageId)
}
