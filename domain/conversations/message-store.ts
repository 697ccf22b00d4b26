import type { ConversationId } from '../../contract/conversations.ts'
import type { CustomerId } from '../../contract/customers.ts'
import type { Tx } from '../../kernel/context.ts'
import type { Message, MessageFile } from './message.ts'

export async function insertMessage(tx: Tx, it: Message): Promise<void> {
  await messageRow(tx, it).execute()
}

/** The row of a message, as an insert that may be part of a wider statement. */
export function messageRow(tx: Tx, it: Message) {
  return tx.insertInto('messages').values({
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

/** When our mail really went out, the first time somebody took it. */
export async function saveSentAt(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('messages').set({ sent_at: at }).where('id', '=', id).where('sent_at', 'is', null).execute()
}

/** When some messages were written, as far as they say. */
export async function listSentAt(tx: Tx, ids: readonly string[]): Promise<Map<string, Date | null>> {
  const rows = await tx
    .selectFrom('messages')
    .select(['id', 'sent_at'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((it) => [it.id, it.sent_at]))
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

/** Files of some messages. */
export async function listFilesOfMessages(tx: Tx, messageIds: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('attachments')
    .select('file')
    .where('message_id', 'in', [...messageIds])
    .execute()
  return rows.map((it) => it.file)
}

export type Said = { conversationId: ConversationId; messageIds: string[] }

/** What a customer said in conversations where they take part, by conversation. */
export async function listSaidElsewhere(tx: Tx, customerId: CustomerId): Promise<Said[]> {
  const rows = await tx
    .selectFrom('messages')
    .innerJoin('conversation_participants as part', 'part.conversation_id', 'messages.conversation_id')
    .select(['messages.id', 'messages.conversation_id'])
    .distinct()
    .where('part.customer_id', '=', customerId)
    .where('messages.author_id', '=', customerId)
    .orderBy('messages.conversation_id')
    .execute()
  const said = Map.groupBy(rows, (it) => it.conversation_id)
  return [...said].map(([id, its]) => ({ conversationId: id as ConversationId, messageIds: its.map((it) => it.id) }))
}

export async function eraseMessages(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .deleteFrom('messages')
    .where('id', 'in', [...ids])
    .execute()
}
