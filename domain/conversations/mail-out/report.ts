import type { Context } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import { type Bounce, readMailId } from '../../channels/index.ts'
import { reported } from './delivery.ts'
import { lockHome } from './home.ts'
import { insertAttempt, lockOutgoing, saveDelivery } from './outbox-store.ts'
import { returnToPeople } from './return.ts'

const mostWords = 10_000

/** A mail server reports about a mail. When it is one of ours, what it says becomes that mail's state, and is kept. */
export async function heedReport(ctx: Context, { originalMessageId, recipients }: Bounce): Promise<void> {
  const messageId = await ourMessage(ctx, originalMessageId)
  if (messageId === null) return
  const conversation = await lockHome(ctx, messageId)
  const found = await lockOutgoing(ctx.tx, messageId, ctx.now)
  if (!conversation || !found) return
  const said = recipients.map((it) => `${it.address}: ${[it.action, it.status, it.diagnostic].filter(Boolean).join(' ')}`).join('\n')
  const words = said.slice(0, mostWords).toWellFormed()
  await insertAttempt(ctx.tx, { id: newId(ctx.now), messageId, at: ctx.now, outcome: 'reported', dialogue: words })
  const after = reported(found.delivery, recipients)
  if (after === found.delivery || found.claimed) return
  await saveDelivery(ctx.tx, messageId, after)
  if (after.state === found.delivery.state) return
  const about = { conversationId: conversation.id, messageId }
  if (after.state === 'delivered') ctx.record('message.delivered', about)
  if (after.state === 'bounced') {
    ctx.record('message.bounced', about)
    await returnToPeople(ctx, conversation)
  }
}

// An id that we signed names its message; that the message bears it proves that nobody put the two together.
async function ourMessage({ tx, instance }: Context, mailId: string | null): Promise<string | null> {
  const ours = mailId === null ? null : readMailId(mailId, instance.replyKeys)
  if (!mailId || !ours) return null
  const row = await tx
    .selectFrom('messages')
    .select('mail_id')
    .where('id', '=', ours.messageId)
    .where('direction', '=', 'out')
    .executeTakeFirst()
  return row?.mail_id?.toLowerCase() === mailId.toLowerCase() ? ours.messageId : null
}
