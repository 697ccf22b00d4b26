import type { WithdrawnReply } from '../../../contract/mail-out.ts'
import type { MessageView } from '../../../contract/timeline.ts'
import type { Context } from '../../../kernel/context.ts'
import { permit } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { shortHash } from '../../channels/index.ts'
import { dropUnusedFiles } from '../../files/index.ts'
import { unlinkThread } from '../mail/thread-store.ts'
import { eraseMessages, listFilesOfMessages } from '../message-store.ts'
import { getMessage } from '../screens/timeline-message.ts'
import { refreshNewest } from '../store.ts'
import { retried } from './delivery.ts'
import { getHome } from './home.ts'
import { type Locked, lockOutgoing, saveDelivery } from './outbox-store.ts'

/** Takes back a reply nobody received yet, and hands its words back to be written anew. */
export async function withdrawMessage(ctx: Context, messageId: string): Promise<WithdrawnReply> {
  permit(ctx, 'conversation.reply')
  const conversation = await getHome(ctx, messageId)
  const { delivery } = await getIdle(ctx, messageId)
  if (delivery.state !== 'queued' || delivery.recipients.some((it) => it.state !== 'waiting')) {
    throw new Refusal('conflict', 'already_sent', 'This message went out already. It cannot be taken back.')
  }
  const { replyText, html, to, cc } = await getMessage(ctx, messageId)
  const { mail_id } = await ctx.tx.selectFrom('messages').select('mail_id').where('id', '=', messageId).executeTakeFirstOrThrow()
  const files = await listFilesOfMessages(ctx.tx, [messageId])
  await eraseMessages(ctx.tx, [messageId])
  if (mail_id) await unlinkThread(ctx.tx, conversation.id, shortHash(mail_id))
  await dropUnusedFiles(ctx, files)
  await refreshNewest(ctx.tx, conversation.id, ctx.now)
  ctx.record('message.withdrawn', { conversationId: conversation.id, messageId })
  return { text: replyText, html, to, cc }
}

/** Sends again, at once, what did not reach somebody or still waits to be tried again. */
export async function retryDelivery(ctx: Context, messageId: string): Promise<MessageView> {
  permit(ctx, 'conversation.reply')
  const conversation = await getHome(ctx, messageId)
  const { delivery } = await getIdle(ctx, messageId)
  await saveDelivery(ctx.tx, messageId, { ...retried(delivery, ctx.now), note: null })
  ctx.record('message.queued', { conversationId: conversation.id, messageId, dueAt: ctx.now.toISOString() })
  return getMessage(ctx, messageId)
}

async function getIdle(ctx: Context, messageId: string): Promise<Locked> {
  const found = await lockOutgoing(ctx.tx, messageId, ctx.now)
  if (!found) throw new Refusal('conflict', 'not_a_mail', 'This message is no mail that goes out.')
  if (found.claimed) throw new Refusal('conflict', 'being_sent', 'This message is being sent right now.')
  return found
}
