import type { z } from 'zod'
import type { ConversationId, writeMessage as endpoint } from '../../../contract/conversations.ts'
import type { MessageView } from '../../../contract/timeline.ts'
import type { Context } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import { permit } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import {
  findChannelToSend,
  listChannelsFor,
  newMailId,
  plainAddress,
  quotation,
  referencesOf,
  replyAddress,
  replySubject,
  safeHtml,
  shortHash,
  snippetOf,
  subjectToken,
} from '../../channels/index.ts'
import { authorOf } from '../author.ts'
import { type Conversation, refuseMerged } from '../conversation.ts'
import { linkThread } from '../mail/thread-store.ts'
import type { MailAddress, Message } from '../message.ts'
import { insertAttachments, insertMessage } from '../message-store.ts'
import { nameParticipants } from '../participants.ts'
import { getMessage } from '../screens/timeline-message.ts'
import { closeConversation, letConversationWait } from '../status.ts'
import { lockConversation, saveNewest } from '../store.ts'
import { textOf } from '../words.ts'
import { attach } from './attach.ts'
import { findNewestHeard, findWay, type Heard, listCorrespondents, listMailIds, saidBefore } from './correspondence.ts'
import { sendingTime } from './delivery.ts'
import { insertOutgoing, type Outgoing } from './outbox-store.ts'
import { type Addressed, addressed } from './recipients.ts'

type Draft = z.output<typeof endpoint.body>

/** Replies by mail: writes the message and the row that will send it. Nothing leaves before this is committed and its time has come. */
export async function replyToConversation(ctx: Context, id: ConversationId, draft: Draft): Promise<MessageView> {
  permit(ctx, 'conversation.reply')
  refuseMachines(ctx)
  const conversation = await lockConversation(ctx, id)
  refuseMerged(conversation)
  const newest = await findNewestHeard(ctx.tx, id)
  await refuseStale(ctx, id, { seen: draft.seenThrough, newest })
  const [from, whom] = [await senderOf(ctx, conversation), await recipientsOf(ctx, id, draft)]
  const files = await attach(ctx, id, draft.attachments ?? [])
  const message = await compose(ctx, { conversation, from, whom, draft, newest })
  const outgoing = await addressMail(ctx, { conversation, from, whom, draft, message })
  const { newcomers } = whom
  const known = { ...message, subject: outgoing.subject, mailId: outgoing.mailId }
  await insertMessage(ctx.tx, known)
  await insertAttachments(ctx.tx, message.id, files)
  await insertOutgoing(ctx.tx, outgoing)
  await linkThread(ctx.tx, id, { own: shortHash(outgoing.mailId), ancestors: [] })
  await nameParticipants(
    ctx.tx,
    id,
    newcomers.map((address) => ({ address, name: '', admitted: true })),
  )
  await saveNewest(ctx.tx, id, {
    at: ctx.now,
    direction: 'out',
    from: message.author.name,
    snippet: snippetOf(message.replyText),
    countsAsUnread: false,
    now: ctx.now,
  })
  ctx.record('message.queued', { conversationId: id, messageId: message.id, dueAt: outgoing.sendAt.toISOString() })
  if (draft.thenStatus === 'waiting') await letConversationWait(ctx, id)
  if (draft.thenStatus === 'closed') await closeConversation(ctx, id)
  return getMessage(ctx, message.id)
}

// Whatever a machine reads or does, it never makes us write to a customer: that takes a person, or a key that may write.
function refuseMachines({ actor }: Context): void {
  if (actor.kind === 'person' || actor.kind === 'integration') return
  throw new Refusal('forbidden', 'not_permitted', 'Only people and keys may reply.', { permission: 'conversation.reply' })
}

async function refuseStale(ctx: Context, id: ConversationId, { seen, newest }: { seen: string | undefined; newest: Heard | null }) {
  if (seen === undefined || newest === null || seen === newest.id) return
  const before = await saidBefore(ctx.tx, id, { seen, newest })
  if (before === null) throw new Refusal('invalid', 'unknown_message', 'There is no such message in this conversation any more.')
  if (!before) return
  const message = await getMessage(ctx, newest.id)
  throw new Refusal('conflict', 'newer_message', 'The customer wrote again. Read it before you answer.', { message })
}

async function senderOf({ tx, instance }: Context, conversation: Conversation): Promise<MailAddress> {
  const channel = await findChannelToSend(tx, { ...(await findWay(tx, conversation.id)), teamId: conversation.teamId })
  if (channel?.address) return { address: channel.address, name: channel.name }
  if (instance.mailOut.from) return instance.mailOut.from
  throw new Refusal('conflict', 'no_channel', 'Add an e-mail channel under Settings first, so that answers come back.')
}

async function recipientsOf({ tx }: Context, id: ConversationId, draft: Draft): Promise<Addressed> {
  const known = await listCorrespondents(tx, id)
  const ways = await listChannelsFor(tx, [...known.map((it) => it.address), ...(draft.to ?? []), ...(draft.cc ?? [])])
  const ours = new Set(ways.map((it) => it.address))
  return addressed(draft, known, (address) => ours.has(plainAddress(address)))
}

type Given = { conversation: Conversation; from: MailAddress; whom: Addressed; draft: Draft }

async function compose(ctx: Context, { conversation, from, whom, draft, newest }: Given & { newest: Heard | null }): Promise<Message> {
  const words = textOf(draft)
  const quote = draft.quote && newest ? quotation({ ...newest, name: newest.authorName }) : null
  return {
    id: newId(ctx.now),
    conversationId: conversation.id,
    at: ctx.now,
    medium: 'email',
    direction: 'out',
    author: await authorOf(ctx),
    from,
    to: whom.to,
    cc: whom.cc,
    text: quote ? `${words.trimEnd()}\n\n${quote.text}\n` : words,
    replyText: words,
    quotedText: quote?.text ?? '',
    ...shownOf(draft.html),
    quotedHtml: quote?.html ?? null,
  }
}

function shownOf(html: string | undefined) {
  if (html === undefined) return { html: null, remoteImages: 0 }
  const safe = safeHtml(html, { inlineUrl: () => null })
  return { html: safe.html, remoteImages: safe.remoteImages }
}

// All that makes a mail this very mail is fixed here, so that whoever sends it again sends the same.
async function addressMail({ tx, instance, now }: Context, { conversation, from, whom, draft, message }: Given & { message: Message }) {
  const [secret = ''] = instance.replyKeys
  const { id: conversationId } = conversation
  const replyTo = replyAddress({ base: from.address, conversationId, secret })
  const thread = await listMailIds(tx, conversationId)
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
  const sendAt = sendingTime(draft.sendAt, now)
  const recipients = [...whom.to, ...whom.cc].map(({ address }) => ({ address, state: 'waiting' as const, said: null }))
  const outgoing: Outgoing = {
    messageId: message.id,
    sendAt,
    envelopeFrom: replyTo,
    replyTo,
    inReplyTo: referencesOf([thread.findLast((it) => it.inbound)?.mailId ?? thread.at(-1)?.mailId ?? '']).at(0) ?? null,
    references: referencesOf(thread.map((it) => it.mailId)),
    delivery: { state: 'queued', dueAt: sendAt, tries: 0, recipients },
  }
  const token = replyTo === from.address ? ` ${subjectToken(conversation.number)}` : ''
  return {
    ...outgoing,
    mailId: newMailId({ messageId: message.id, conversationId, secret, domain }),
    subject: replySubject(conversation.subject.replace(subjectToken(conversation.number), '')) + token,
  }
}
