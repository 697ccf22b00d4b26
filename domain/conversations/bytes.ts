import type { Context } from '../../kernel/context.ts'
import { permit } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Download } from '../../kernel/route.ts'
import { visibleTo } from '../../kernel/visibility.ts'
import { readFile } from '../files/index.ts'

/** The raw mail behind a message, exactly as it arrived. */
export async function readSource(ctx: Context, messageId: string): Promise<Download> {
  permit(ctx, 'mail.raw')
  const row = await ctx.tx
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .innerJoin('inbound_messages', 'inbound_messages.id', 'messages.inbound_id')
    .select('inbound_messages.raw_file')
    .where('messages.id', '=', messageId)
    .where(visibleTo(ctx.actor, 'conversations'))
    .executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'source_not_found', 'There is no raw mail for this message.')
  return { bytes: await readFile(ctx, row.raw_file), contentType: 'text/plain; charset=utf-8', filename: `${messageId}.eml`, inline: true }
}

// What a browser may show by itself; everything else is a download.
const shown = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

export async function readAttachment(ctx: Context, attachmentId: string): Promise<Download> {
  permit(ctx, 'conversation.read')
  const row = await ctx.tx
    .selectFrom('attachments')
    .innerJoin('messages', 'messages.id', 'attachments.message_id')
    .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .select(['attachments.file', 'attachments.filename', 'attachments.content_type'])
    .where('attachments.id', '=', attachmentId)
    .where(visibleTo(ctx.actor, 'conversations'))
    .executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'attachment_not_found', 'There is no such attachment.')
  const inline = shown.has(row.content_type.toLowerCase())
  return {
    bytes: await readFile(ctx, row.file),
    contentType: inline ? row.content_type.toLowerCase() : 'application/octet-stream',
    filename: row.filename,
    inline,
  }
}
