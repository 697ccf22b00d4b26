import type { Received } from '../../../contract/mail.ts'
import type { MessageView } from '../../../contract/timeline.ts'
import type { Context } from '../../../kernel/context.ts'
import { getMessage } from '../screens/timeline-message.ts'
import type { Letter } from './understand.ts'

type Asked = { messageId: string | null; conversationId: string | null }

/** What a mail led to that came before, for whoever hands it in again. */
export async function receivedView(ctx: Context, asked: Asked): Promise<Pick<Received, 'conversation' | 'message'>> {
  const message = asked.messageId === null ? undefined : ofMessage(await getMessage(ctx, asked.messageId))
  const conversation = asked.conversationId === null ? undefined : await briefly(ctx, asked.conversationId)
  return { ...(conversation ? { conversation } : {}), ...(message ? { message } : {}) }
}

async function briefly(ctx: Context, id: string): Promise<Received['conversation']> {
  const row = await ctx.tx.selectFrom('conversations').select(['id', 'number', 'subject', 'status']).where('id', '=', id).executeTakeFirst()
  return row && { ...row, number: Number(row.number) }
}

const whole = (html: string | null, quoted: string | null) => (html === null ? null : html + (quoted ?? ''))

/** The same of a mail that was just read. */
export function viewOf(it: Letter): NonNullable<Received['message']> {
  return {
    id: it.id,
    from: it.mail.from,
    to: [...it.mail.to],
    cc: [...it.mail.cc],
    subject: it.subject,
    text: it.text,
    replyText: it.replyText,
    html: whole(it.html, it.quotedHtml),
    attachments: it.files.map(({ content: _, ...file }) => file),
    sentAt: it.mail.sentAt?.toISOString() ?? null,
  }
}

function ofMessage(it: MessageView): NonNullable<Received['message']> {
  const { id, from, to, cc, text, replyText, attachments, sentAt } = it
  return { id, from, to, cc, subject: it.subject ?? '', text, replyText, html: whole(it.html, it.quotedHtml), attachments, sentAt }
}
