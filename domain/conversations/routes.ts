import * as api from '../../contract/conversations.ts'
import * as customers from '../../contract/customers.ts'
import * as mail from '../../contract/mail.ts'
import * as mailOut from '../../contract/mail-out.ts'
import { route, stepwise } from '../../kernel/route.ts'
import { readAttachment, readSource } from './bytes.ts'
import { deleteConversation, deleteCustomer } from './delete.ts'
import { inviteToConversation, uninviteFromConversation } from './invite.ts'
import { receiveEmail, retryQuarantined } from './mail/receive.ts'
import { replyToConversation } from './mail-out/reply.ts'
import { retryDelivery, withdrawMessage } from './mail-out/withdraw.ts'
import { writeNote } from './note.ts'
import { admitParticipant } from './participants.ts'
import { changeConversation } from './patch.ts'
import { getConversation, showConversation } from './screens/conversation-page.ts'
import { getCustomer } from './screens/customer-page.ts'
import { readDelivery } from './screens/delivery-page.ts'
import { countConversations, listConversations } from './screens/inbox.ts'
import { readTimeline } from './screens/timeline.ts'
import { markSeen, markUnseen } from './seen.ts'
import { startConversation } from './start.ts'

export const routes = [
  stepwise(mail.receiveEmail, (steps, { query, body }) =>
    receiveEmail(steps, { raw: body, via: 'api', envelopeFrom: query.envelopeFrom ?? null, envelopeTo: addresses(query.envelopeTo) }),
  ),
  stepwise(mail.retryQuarantined, (steps, { params }) => retryQuarantined(steps, params.inboundId)),
  route(api.listConversations, (ctx, { query }) => listConversations(ctx, query)),
  route(api.countConversations, (ctx) => countConversations(ctx)),
  route(api.startConversation, (ctx, { body }) => startConversation(ctx, body)),
  route(api.getConversation, (ctx, { params }) => getConversation(ctx, params.conversationId)),
  route(api.readTimeline, (ctx, { params, query }) => readTimeline(ctx, params.conversationId, query)),
  route(api.changeConversation, (ctx, { params, body }) => changeConversation(ctx, params.conversationId, body)),
  route(api.writeMessage, (ctx, { params, body }) =>
    body.kind === 'reply' ? replyToConversation(ctx, params.conversationId, body) : writeNote(ctx, params.conversationId, body),
  ),
  route(api.markSeen, (ctx, { params }) => markSeen(ctx, params.conversationId)),
  route(api.markUnseen, (ctx, { params }) => markUnseen(ctx, params.conversationId)),
  route(api.admitParticipant, async (ctx, { params }) => {
    await admitParticipant(ctx, params.conversationId, params.address)
    return showConversation(ctx, params.conversationId)
  }),
  route(api.inviteToConversation, async (ctx, { params }) => {
    await inviteToConversation(ctx, params.conversationId, params.personId)
    return showConversation(ctx, params.conversationId)
  }),
  route(api.uninviteFromConversation, async (ctx, { params }) => {
    await uninviteFromConversation(ctx, params.conversationId, params.personId)
    return showConversation(ctx, params.conversationId)
  }),
  route(api.deleteConversation, (ctx, { params }) => deleteConversation(ctx, params.conversationId)),
  route(mailOut.readDelivery, (ctx, { params }) => readDelivery(ctx, params.messageId)),
  route(mailOut.retryDelivery, (ctx, { params }) => retryDelivery(ctx, params.messageId)),
  route(mailOut.withdrawMessage, (ctx, { params }) => withdrawMessage(ctx, params.messageId)),
  route(api.readSource, (ctx, { params }) => readSource(ctx, params.messageId)),
  route(api.readAttachment, (ctx, { params }) => readAttachment(ctx, params.attachmentId)),
  route(customers.getCustomer, (ctx, { params }) => getCustomer(ctx, params.customerId)),
  route(customers.deleteCustomer, (ctx, { params }) => deleteCustomer(ctx, params.customerId)),
]

const addresses = (list: string | undefined): string[] =>
  (list ?? '')
    .split(',')
    .map((it) => it.trim())
    .filter(Boolean)
