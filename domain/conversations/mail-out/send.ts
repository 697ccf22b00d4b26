import type { ConversationId } from '../../../contract/conversations.ts'
import type { Context } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import type { HandedOver, OutgoingMail } from '../../../kernel/instance.ts'
import type { Steps } from '../../../kernel/transact.ts'
import { htmlPage, textToHtml } from '../../channels/index.ts'
import { readFile } from '../../files/index.ts'
import type { MailAddress } from '../message.ts'
import { saveSentAt } from '../message-store.ts'
import { tried } from './delivery.ts'
import { lockHome } from './home.ts'
import { claimOutgoing, insertAttempt, lockOutgoing, type Outcome, type Outgoing, saveDelivery } from './outbox-store.ts'
import { returnToPeople } from './return.ts'

/** How long a claim lasts: longer than any try may take. Past it, whoever claimed has died. */
const claimFor = 6 * 60_000

/**
 * Sends one mail that is due: claim it and commit, hand it over outside any transaction, write down how it went. Killed in
 * between, the claim runs out and the very same mail goes again, under the same Message-ID.
 */
export async function sendMail(steps: Steps, messageId: string): Promise<void> {
  const claimed = await steps.transact((ctx) => claim(ctx, messageId))
  if (!claimed) return
  const handed = await steps.instance.mailOut.send(claimed.mail)
  await steps.transact((ctx) => settle(ctx, { messageId, number: claimed.number, handed }))
}

async function claim(ctx: Context, messageId: string): Promise<{ number: number; mail: OutgoingMail } | null> {
  const taken = await claimOutgoing(ctx.tx, messageId, { now: ctx.now, until: new Date(ctx.now.getTime() + claimFor) })
  if (!taken) return null
  if (taken.interrupted) {
    await insertAttempt(ctx.tx, { id: newId(ctx.now), messageId, at: ctx.now, outcome: 'interrupted', dialogue: '' })
  }
  return { number: taken.number, mail: await mailOf(ctx, taken.outgoing) }
}

async function mailOf(ctx: Context, it: Outgoing): Promise<OutgoingMail> {
  const message = await ctx.tx.selectFrom('messages').selectAll().where('id', '=', it.messageId).executeTakeFirstOrThrow()
  const files = await ctx.tx.selectFrom('attachments').selectAll().where('message_id', '=', it.messageId).orderBy('id').execute()
  const attachments: OutgoingMail['attachments'][number][] = []
  for (const file of files) {
    attachments.push({ filename: file.filename, contentType: file.content_type, content: await readFile(ctx, file.file) })
  }
  const words = message.html ?? textToHtml(message.reply_text)
  return {
    id: it.messageId,
    mailId: message.mail_id ?? '',
    from: message.from_address as MailAddress,
    to: message.to_addresses as MailAddress[],
    cc: message.cc_addresses as MailAddress[],
    replyTo: it.replyTo,
    subject: message.subject ?? '',
    date: it.sendAt,
    inReplyTo: it.inReplyTo,
    references: it.references,
    text: message.text,
    html: htmlPage(...[words, message.quoted_html ?? ''].filter(Boolean)),
    attachments,
    headers: { 'X-Sinew-Instance': ctx.instance.id },
    envelope: {
      from: it.envelopeFrom,
      to: it.delivery.recipients.filter(({ state }) => state === 'waiting').map(({ address }) => address),
    },
  }
}

type Settled = { messageId: string; number: number; handed: HandedOver }

async function settle(ctx: Context, { messageId, number, handed }: Settled): Promise<void> {
  const conversation = await lockHome(ctx, messageId)
  const found = await lockOutgoing(ctx.tx, messageId, ctx.now)
  // Deleted meanwhile, or claimed anew because this took too long: then it is not ours to say.
  if (!conversation || found?.claims !== number || found.delivery.state !== 'queued') return
  const after = tried(found.delivery, handed, ctx.now)
  const note = handed.written && handed.accepted.length > 0 ? 'written_to_outbox' : null
  await saveDelivery(ctx.tx, messageId, { ...after, note })
  await insertAttempt(ctx.tx, { id: newId(ctx.now), messageId, at: ctx.now, outcome: outcomeOf(handed), dialogue: handed.dialogue })
  if (handed.accepted.length > 0) await saveSentAt(ctx.tx, messageId, ctx.now)
  const about = { conversationId: conversation.id as ConversationId, messageId }
  if (after.state === 'queued' && after.dueAt) {
    ctx.record('message.postponed', { ...about, dueAt: after.dueAt.toISOString(), tries: after.tries })
  } else if (after.state === 'sent') ctx.record('message.sent', { ...about, ...(note ? { note } : {}) })
  else {
    ctx.record(after.state === 'bounced' ? 'message.bounced' : 'message.failed', about)
    await returnToPeople(ctx, conversation)
  }
}

function outcomeOf({ accepted, refused, written }: HandedOver): Outcome {
  if (refused.length === 0) return written ? 'written' : 'accepted'
  if (accepted.length > 0) return 'partly'
  return refused.every((it) => it.forGood) ? 'refused' : 'postponed'
}
