import type { ConversationId } from '../../contract/conversations.ts'
import type { MessageView } from '../../contract/timeline.ts'
import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/id.ts'
import { permit } from '../../kernel/permission.ts'
import { safeHtml, snippetOf } from '../channels/index.ts'
import { authorOf } from './author.ts'
import { refuseMerged } from './conversation.ts'
import type { Message } from './message.ts'
import { insertMessage } from './message-store.ts'
import { notYet } from './not-yet.ts'
import { getMessage } from './screens/timeline-message.ts'
import { lockConversation, type Newest, saveNewest } from './store.ts'
import { textOf } from './words.ts'

/** Writes an internal note: for colleagues, never for the customer. */
export async function writeNote(
  ctx: Context,
  id: ConversationId,
  words: { text?: string | undefined; html?: string | undefined; attachments?: readonly unknown[] | undefined },
): Promise<MessageView> {
  permit(ctx, 'conversation.note')
  if (words.attachments?.length) notYet('Attaching files to notes')
  const [conversation, author] = await Promise.all([lockConversation(ctx, id), authorOf(ctx)])
  refuseMerged(conversation)
  const messageId = newId(ctx.now)
  const text = textOf(words)
  const html = words.html === undefined ? null : safeHtml(words.html, { inlineUrl: () => null }).html
  const note: Message = {
    id: messageId,
    conversationId: id,
    at: ctx.now,
    medium: 'email',
    direction: 'internal',
    author,
    text,
    replyText: text,
    html,
  }
  const newest: Newest = { at: ctx.now, direction: 'internal', from: author.name, snippet: snippetOf(text), countsAsUnread: false }
  ctx.record('note.written', { conversationId: id, messageId })
  const [, , view] = await Promise.all([
    insertMessage(ctx.tx, note),
    saveNewest(ctx.tx, id, { ...newest, now: ctx.now }),
    getMessage(ctx, messageId),
  ])
  return view
}
