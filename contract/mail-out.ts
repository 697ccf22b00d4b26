import { z } from 'zod'
import { ConversationId } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { happens } from './event.ts'
import { Address, Delivery } from './mail.ts'
import { Time } from './paging.ts'
import { MessageView } from './timeline.ts'

/** A reply taken back: its words and recipients, to be written anew. */
export const WithdrawnReply = z.object({ text: z.string(), html: z.string().nullable(), to: z.array(Address), cc: z.array(Address) })
export type WithdrawnReply = z.infer<typeof WithdrawnReply>

/** Each recipient with what became of the mail to them, and each try with what the servers said to each other. */
export const DeliveryLog = Delivery.extend({
  recipients: z.array(
    z.object({
      address: z.string(),
      state: z.enum(['waiting', 'accepted', 'refused', 'delivered', 'bounced']),
      said: z.string().nullable(),
    }),
  ),
  attempts: z.array(
    z.object({
      id: z.uuid(),
      at: Time,
      outcome: z.enum(['accepted', 'partly', 'refused', 'postponed', 'interrupted', 'written', 'reported']),
      dialogue: z.string(),
    }),
  ),
})
export type DeliveryLog = z.infer<typeof DeliveryLog>

const Params = z.object({ messageId: z.uuid() })

export const readDelivery = endpoint({
  method: 'GET',
  path: '/messages/:messageId/delivery',
  summary: 'How a sent message fared, try by try',
  permission: 'conversation.read',
  params: Params,
  returns: DeliveryLog,
})
export const retryDelivery = endpoint({
  method: 'POST',
  path: '/messages/:messageId/delivery/retry',
  summary: 'Send again what was not sent, or what waits, now',
  permission: 'conversation.reply',
  params: Params,
  returns: MessageView,
})
export const withdrawMessage = endpoint({
  method: 'DELETE',
  path: '/messages/:messageId',
  summary: 'Take back a reply that did not go out yet',
  permission: 'conversation.reply',
  params: Params,
  returns: WithdrawnReply,
})

const Message = z.object({ conversationId: ConversationId, messageId: z.uuid() })
const about = <D extends z.ZodRawShape>(more: D) => happens('conversation', 'conversationId', Message.extend(more))

export const mailOutEvents = {
  'message.queued': about({ dueAt: Time }),
  'message.postponed': about({ dueAt: Time, tries: z.number().int() }),
  'message.sent': about({ note: z.enum(['written_to_outbox']).optional() }),
  'message.delivered': about({}),
  'message.bounced': about({}),
  'message.failed': about({}),
  'message.withdrawn': about({}),
}
