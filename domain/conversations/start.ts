import type { z } from 'zod'
import type { ConversationId, ConversationView, startConversation as endpoint } from '../../contract/conversations.ts'
import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/id.ts'
import { permit } from '../../kernel/permission.ts'
import { houseKey, sees } from '../../kernel/visibility.ts'
import { safeHtml, snippetOf } from '../channels/index.ts'
import { type Customer, findCustomerByAddress, findCustomerByExternalId, normalAddress, recogniseCustomer } from '../customers/index.ts'
import { audienceOf } from '../identity/index.ts'
import { tagged, withFields } from './conversation.ts'
import type { Message } from './message.ts'
import { insertMessage } from './message-store.ts'
import { nameParticipants } from './participants.ts'
import { showConversation } from './screens/conversation-page.ts'
import { refuseUnseenCustomer } from './screens/customer-page.ts'
import { type FreshConversation, insertConversation, insertGuest, type Newest, saveNewest } from './store.ts'
import { textOf } from './words.ts'

type Draft = z.output<typeof endpoint.body>
const blank = { fields: {}, tags: [] } as never

/** Starts a conversation in a customer's name, as a form or another program does. */
export async function startConversation(ctx: Context, draft: Draft): Promise<ConversationView> {
  permit(ctx, 'conversation.start')
  const { email, externalId, name = '' } = draft.customer
  if (!sees(ctx.actor, [houseKey])) await refuseHiddenCustomer(ctx, draft.customer)
  const customer = await recogniseCustomer(ctx, { address: email, externalId, name })
  const id = newId<ConversationId>(ctx.now)
  // Who is outside the house keeps seeing what they started.
  const guest = sees(ctx.actor, [houseKey]) || ctx.actor.kind !== 'person' ? [] : [ctx.actor.id]
  const fresh: FreshConversation = {
    id,
    subject: draft.subject.trim(),
    status: 'open',
    medium: draft.channel,
    channelId: null,
    customerId: customer.id,
    teamId: null,
    audience: await audienceOf(ctx.tx, null, guest),
    fields: withFields(blank, draft.fields ?? {}).fields,
    tags: tagged(blank, draft.tags ?? []).tags,
    historic: false,
    at: ctx.now,
    now: ctx.now,
  }
  ctx.record('conversation.started', { conversationId: id, medium: draft.channel, customerId: customer.id, channelId: null })
  // In one go and in this order: no statement needs the answer of another.
  await Promise.all([
    insertConversation(ctx.tx, fresh),
    ...guest.map((personId) => insertGuest(ctx.tx, { id, personId, now: ctx.now })),
    email && nameParticipants(ctx.tx, id, [{ address: email, name, customerId: customer.id, admitted: true }]),
    sayFirst(ctx, { id, customer, draft }),
  ])
  return showConversation(ctx, id)
}

async function sayFirst(ctx: Context, { id, customer, draft }: { id: ConversationId; customer: Customer; draft: Draft }): Promise<void> {
  const messageId = newId(ctx.now)
  const text = textOf(draft.message)
  const html = draft.message.html === undefined ? null : safeHtml(draft.message.html, { inlineUrl: () => null }).html
  const name = customer.name ?? draft.customer.email ?? draft.customer.externalId ?? ''
  const from = draft.customer.email ? { address: draft.customer.email, name: customer.name ?? '' } : null
  const message: Message = {
    id: messageId,
    conversationId: id,
    at: ctx.now,
    medium: draft.channel,
    direction: 'in',
    author: { kind: 'customer', id: customer.id, name },
    from,
    subject: draft.subject,
    text,
    replyText: text,
    html,
  }
  const newest: Newest = { at: ctx.now, direction: 'in', from: name, snippet: snippetOf(text), countsAsUnread: true }
  ctx.record('message.received', { conversationId: id, messageId })
  await Promise.all([insertMessage(ctx.tx, message), saveNewest(ctx.tx, id, { ...newest, now: ctx.now })])
}

// Else an address or another program's id would be enough for somebody outside the house to open that customer's page.
async function refuseHiddenCustomer({ tx, actor }: Context, { email, externalId }: Draft['customer']): Promise<void> {
  const byAddress = email === undefined ? undefined : await findCustomerByAddress(tx, normalAddress(email))
  const byId = externalId === undefined ? undefined : await findCustomerByExternalId(tx, externalId)
  for (const known of [byAddress, byId]) if (known) await refuseUnseenCustomer({ tx, actor }, known.id)
}
