import type { ConversationId } from '../../contract/conversations.ts'
import type { Tx } from '../../kernel/context.ts'
import type { Message, MessageFile } from './message.ts'

export async function insertMessage(tx: Tx, it: Message): Promise<void> {
  await tx
    .insertInto('messages')
    .values({
      id: it.id,
      conversation_id: it.conversationId,
      at: it.at,
      medium: it.medium,
      direction: it.direction,
      author_kind: it.author.kind,
      author_id: it.author.id,
      author_organisation: it.author.organisationId ?? null,
      author_name: it.author.name,
      from_address: it.from ? JSON.stringify(it.from) : null,
      to_addresses: JSON.stringify(it.to ?? []),
      cc_addresses: JSON.stringify(it.cc ?? []),
      subject: it.subject ?? null,
      text: it.text,
      reply_text: it.replyText,
      quoted_text: it.quotedText ?? '',
      html: it.html ?? null,
      quoted_html: it.quotedHtml ?? null,
      remote_images: it.remoteImages ?? 0,
      sent_at: it.sentAt ?? null,
      automatic: it.automatic ?? null,
      marks: [...(it.marks ?? [])],
      authentication_state: it.authentication ?? 'none',
      inbound_id: it.inboundId ?? null,
      mail_id: it.mailId ?? null,
      historic: it.historic ?? false,
    })
    .execute()
}

export async function insertAttachments(tx: Tx, messageId: string, files: readonly MessageFile[]): Promise<void> {
  if (files.length === 0) return
  const rows = files.map((it) => ({
    id: it.id,
    message_id: messageId,
    file: it.file,
    filename: it.filename,
    content_type: it.contentType,
    size: it.size,
    content_id: it.contentId,
    inline: it.inline,
  }))
  await tx.insertInto('attachments').values(rows).execute()
}

/** Files of everything said in these conversations. */
export async function listFilesOf(tx: Tx, conversationIds: readonly string[]): Promise<string[]> {
  if (conversationIds.length === 0) return []
  const rows = await tx
    .selectFrom('attachments')
    .innerJoin('messages', 'messages.id', 'attachments.message_id')
    .select('attachments.file')
    .where('messages.conversation_id', 'in', [...conversationIds])
    .execute()
  return rows.map((it) => it.file)
}

export async function moveMessages(tx: Tx, from: ConversationId, to: ConversationId): Promise<void> {
  await tx.updateTable('messages').set({ conversation_id: to }).where('conversation_id', '=', from).execute()
}
