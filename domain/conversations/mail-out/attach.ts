import type { ConversationId } from '../../../contract/conversations.ts'
import type { FileDraft } from '../../../contract/reply.ts'
import type { Context } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { visibleTo } from '../../../kernel/visibility.ts'
import { filenameOf } from '../../channels/index.ts'
import { keepFile } from '../../files/index.ts'
import type { MessageFile } from '../message.ts'

/** So much may go with one mail: what most servers take, once it is written as text. */
const mostBytes = 18 * 1024 * 1024

/** Keeps the files that go with a message: new ones, and those of messages of this conversation again. */
export async function attach(ctx: Context, id: ConversationId, drafts: readonly FileDraft[]): Promise<MessageFile[]> {
  const files: MessageFile[] = []
  // One after the other: two replies with the same files must not wait for each other in a circle.
  for (const [index, draft] of drafts.entries()) {
    files.push('id' in draft ? await knownFile(ctx, id, draft.id) : await newFile(ctx, draft, index))
  }
  if (files.reduce((sum, { size }) => sum + size, 0) > mostBytes) {
    throw new Refusal(
      'too_large',
      'attachments_too_large',
      `Files of up to ${mostBytes / 1024 / 1024} MiB can go with a mail. Send a link instead.`,
    )
  }
  return files
}

async function newFile(ctx: Context, draft: Exclude<FileDraft, { id: string }>, index: number): Promise<MessageFile> {
  const bytes = Buffer.from(draft.content, 'base64')
  const { contentType } = draft
  const facts = { filename: filenameOf(draft.filename, contentType, index), contentType, contentId: null, inline: false }
  return { id: newId(ctx.now), file: await keepFile(ctx, bytes), size: bytes.byteLength, ...facts }
}

async function knownFile(ctx: Context, id: ConversationId, attachmentId: string): Promise<MessageFile> {
  const row = await ctx.tx
    .selectFrom('attachments')
    .innerJoin('messages', 'messages.id', 'attachments.message_id')
    .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .select(['attachments.file', 'attachments.filename', 'attachments.content_type', 'attachments.size'])
    .where('attachments.id', '=', attachmentId)
    .where('conversations.id', '=', id)
    .where(visibleTo(ctx.actor, 'conversations'))
    .executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'attachment_not_found', 'There is no such attachment in this conversation.')
  const { file, filename, content_type: contentType, size } = row
  return { id: newId(ctx.now), file, filename, contentType, size: Number(size), contentId: null, inline: false }
}
