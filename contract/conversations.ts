import { z } from 'zod'
import { CustomerId } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { happens } from './event.ts'
import { OutcomeReason } from './mail.ts'
import { Paging, page, Time } from './paging.ts'
import { ReplyDraft } from './reply.ts'
import { Medium, MessageView, TimelineEntry } from './timeline.ts'

export const ConversationId = z.uuid().brand<'ConversationId'>()
export type ConversationId = z.infer<typeof ConversationId>

export const Status = z.enum(['open', 'waiting', 'snoozed', 'closed'])
export type Status = z.infer<typeof Status>
export const Purpose = z.enum(['transaction', 'service', 'sale'])
export const Kind = z.enum(['purchase', 'return', 'problem', 'how_to'])

/** Someone named beside a conversation. `organisation` is set for partner and supplier people: their shape shows it. */
export const PersonMark = z.object({ id: z.uuid(), name: z.string(), organisation: z.string().nullable() })
export type PersonMark = z.infer<typeof PersonMark>

/** A row of the inbox list: who, when, what, the newest words. */
export const ConversationItem = z.object({
  id: ConversationId,
  number: z.number().int(),
  subject: z.string(),
  status: Status,
  statusSince: Time,
  snoozedUntil: Time.nullable(),
  medium: Medium,
  customer: z.object({ id: CustomerId, name: z.string().nullable(), address: z.string().nullable() }).nullable(),
  owner: PersonMark.nullable(),
  team: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  tags: z.array(z.string()),
  lastMessage: z.object({ at: Time, direction: z.enum(['in', 'out', 'internal']), snippet: z.string(), from: z.string() }).nullable(),
  createdAt: Time,
  updatedAt: Time,
  /** When the customer last wrote, and until when the asker has seen it: `unread` compares the two. */
  lastInboundAt: Time.nullable(),
  seenAt: Time.nullable(),
  unread: z.boolean(),
})
export type ConversationItem = z.infer<typeof ConversationItem>

/** A row as the live stream sends it: without what is the reader's own. `unread` follows from the reader's `seenAt`. */
export const LiveConversation = ConversationItem.omit({ seenAt: true, unread: true })
export type LiveConversation = z.infer<typeof LiveConversation>

/** Someone who takes part by mail. `admitted` is false for a stranger who replied into the thread until a person says so. */
export const Participant = z.object({ address: z.string(), name: z.string(), admitted: z.boolean(), customerId: CustomerId.nullable() })
export type Participant = z.infer<typeof Participant>

export const ConversationView = ConversationItem.extend({
  purpose: Purpose.nullable(),
  kind: Kind.nullable(),
  fields: z.record(z.string(), z.unknown()),
  channel: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  participants: z.array(Participant),
  mergedInto: ConversationId.nullable(),
  can: z.array(z.string()),
})
export type ConversationView = z.infer<typeof ConversationView>

const Params = z.object({ conversationId: ConversationId })

/** The standing views of the inbox. */
export const View = z.enum(['mine', 'unassigned', 'team', 'open', 'waiting', 'snoozed', 'closed', 'all'])
export type View = z.infer<typeof View>

const Reference = z.string().min(1).max(200)

export const listConversations = endpoint({
  method: 'GET',
  path: '/conversations',
  summary: 'A page of the inbox',
  permission: 'conversation.read',
  query: Paging.extend({
    view: View.optional(),
    status: Status.optional(),
    owner: Reference.optional(),
    team: Reference.optional(),
    tag: z.string().max(100).optional(),
    customer: Reference.optional(),
    channel: Reference.optional(),
    q: z.string().max(500).optional(),
    updatedAfter: Time.optional(),
    sort: z.enum(['newest', 'oldest']).default('newest'),
  }),
  returns: page(ConversationItem),
})

/** How many wait in each view, counted to 99 and then `capped`: a count never scans. */
export const Count = z.object({ count: z.number().int().max(99), capped: z.boolean() })
export const countConversations = endpoint({
  method: 'GET',
  path: '/conversations/counts',
  summary: 'How many wait in each standing view',
  permission: 'conversation.read',
  returns: z.object({
    mine: Count,
    unassigned: Count,
    open: Count,
    waiting: Count,
    snoozed: Count,
    teams: z.array(Count.extend({ team: z.uuid() })),
  }),
})

export const getConversation = endpoint({
  method: 'GET',
  path: '/conversations/:conversationId',
  summary: 'One conversation',
  permission: 'conversation.read',
  params: Params,
  returns: ConversationView,
})
export const readTimeline = endpoint({
  method: 'GET',
  path: '/conversations/:conversationId/timeline',
  summary: 'Messages, notes and events, oldest first',
  permission: 'conversation.read',
  params: Params,
  query: Paging.extend({ limit: z.coerce.number().int().min(1).max(200).default(100) }),
  returns: page(TimelineEntry),
})

const Text = z.string().max(1_000_000)
const Fields = z.record(z.string().max(100), z.json())
const Tags = z.array(z.string().trim().min(1).max(100)).max(50)

export const startConversation = endpoint({
  method: 'POST',
  path: '/conversations',
  summary: 'Start a conversation for a customer',
  permission: 'conversation.start',
  body: z.object({
    subject: z.string().max(1000),
    message: z.object({ text: Text.optional(), html: Text.optional() }).refine((it) => it.text || it.html, 'Give a text or html.'),
    customer: z
      .object({ email: z.email().max(320).optional(), externalId: Reference.optional(), name: z.string().max(500).optional() })
      .refine((it) => it.email || it.externalId, 'Give an email or an externalId.'),
    channel: z.literal('api').default('api'),
    fields: Fields.optional(),
    tags: Tags.optional(),
  }),
  returns: ConversationView,
  status: 201,
})

export const changeConversation = endpoint({
  method: 'PATCH',
  path: '/conversations/:conversationId',
  summary: 'Change status, owner, team, tags, fields or subject',
  permission: 'conversation.update',
  params: Params,
  body: z.object({
    status: Status.optional(),
    until: Time.optional(),
    owner: Reference.nullable().optional(),
    team: Reference.nullable().optional(),
    tags: Tags.optional(),
    fields: Fields.optional(),
    subject: z.string().max(1000).optional(),
    purpose: Purpose.nullable().optional(),
    kind: Kind.nullable().optional(),
  }),
  returns: ConversationView,
})

export const writeMessage = endpoint({
  method: 'POST',
  path: '/conversations/:conversationId/messages',
  summary: 'Reply to the customer by mail (conversation.reply), or write an internal note',
  permission: 'conversation.note',
  params: Params,
  body: z
    .object({
      kind: z.enum(['reply', 'note']),
      text: Text.optional(),
      html: Text.optional(),
      /** The newest message the writer has seen: when the customer wrote since, 409 `newer_message`. */
      seenThrough: z.uuid().optional(),
      ...ReplyDraft.shape,
    })
    .refine((it) => it.text?.trim() || it.html?.trim(), 'Write something first.'),
  returns: MessageView,
  status: 201,
  large: true,
})

export const markSeen = endpoint({
  method: 'PUT',
  path: '/conversations/:conversationId/seen',
  summary: 'Remember that I have seen it up to now',
  permission: 'conversation.read',
  params: Params,
  returns: z.undefined(),
  status: 204,
})
export const markUnseen = endpoint({
  method: 'DELETE',
  path: '/conversations/:conversationId/seen',
  summary: 'Mark as unread for me',
  permission: 'conversation.read',
  params: Params,
  returns: z.undefined(),
  status: 204,
})

export const admitParticipant = endpoint({
  method: 'PUT',
  path: '/conversations/:conversationId/participants/:address',
  summary: 'Let a stranger take part',
  permission: 'conversation.admit',
  params: Params.extend({ address: z.string().max(1000) }),
  returns: ConversationView,
})
export const inviteToConversation = endpoint({
  method: 'PUT',
  path: '/conversations/:conversationId/guests/:personId',
  summary: 'Invite a partner or supplier person to see it',
  permission: 'conversation.update',
  params: Params.extend({ personId: z.uuid() }),
  returns: ConversationView,
})
export const uninviteFromConversation = endpoint({
  method: 'DELETE',
  path: '/conversations/:conversationId/guests/:personId',
  summary: 'Take an invitation to see it back',
  permission: 'conversation.update',
  params: Params.extend({ personId: z.uuid() }),
  returns: ConversationView,
})
export const deleteConversation = endpoint({
  method: 'DELETE',
  path: '/conversations/:conversationId',
  summary: 'Delete for good, with raw mail and files',
  permission: 'conversation.delete',
  params: Params,
  returns: z.undefined(),
  status: 204,
})

const MessageParams = z.object({ messageId: z.uuid() })
export const readSource = endpoint({
  method: 'GET',
  path: '/messages/:messageId/source',
  summary: 'The raw mail as it arrived',
  permission: 'mail.raw',
  params: MessageParams,
  returns: z.instanceof(Uint8Array),
  produces: 'text/plain',
})
export const readAttachment = endpoint({
  method: 'GET',
  path: '/attachments/:attachmentId',
  summary: 'The bytes of an attachment or inline image',
  permission: 'conversation.read',
  params: z.object({ attachmentId: z.uuid() }),
  returns: z.instanceof(Uint8Array),
  produces: 'application/octet-stream',
})

const Conversation = z.object({ conversationId: ConversationId })
const Occurred = Conversation.extend({ historic: z.boolean().optional(), at: Time.optional() })
const change = <D extends z.ZodRawShape>(more: D) => happens('conversation', 'conversationId', Conversation.extend(more))

export const conversationEvents = {
  'conversation.started': happens(
    'conversation',
    'conversationId',
    Occurred.extend({ medium: Medium, customerId: CustomerId.nullable(), channelId: z.uuid().nullable() }),
  ),
  'message.received': happens(
    'conversation',
    'conversationId',
    Occurred.extend({ messageId: z.uuid(), automatic: OutcomeReason.optional() }),
  ),
  'note.written': change({ messageId: z.uuid() }),
  'conversation.closed': change({}),
  'conversation.reopened': change({ by: z.enum(['person', 'message', 'delivery']) }),
  'conversation.waiting': change({}),
  'conversation.snoozed': change({ until: Time }),
  'conversation.woke': change({}),
  'conversation.assigned': change({ ownerId: z.uuid().nullable() }),
  'conversation.moved': change({ teamId: z.uuid().nullable() }),
  'conversation.tagged': change({ added: z.number().int(), removed: z.number().int() }),
  'conversation.fields_changed': change({ fields: z.number().int() }),
  'conversation.renamed': change({}),
  'conversation.joined': happens('conversation', 'conversationId', Occurred.extend({ into: ConversationId })),
  'participant.admitted': change({}),
  'conversation.guest_invited': change({ personId: z.uuid() }),
  'conversation.guest_uninvited': change({ personId: z.uuid() }),
  'message.authenticated': change({ messageId: z.uuid() }),
  'message.erased': change({ messageId: z.uuid() }),
  'conversation.erased': change({}),
}
