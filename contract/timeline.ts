import { z } from 'zod'
import { Address, Attachment, Authentication, Delivery, OutcomeReason } from './mail.ts'
import { Time } from './paging.ts'

/** How words travelled. Messages are channel-neutral: a call is a message with a transcript. */
export const Medium = z.enum(['email', 'chat', 'form', 'call', 'visit', 'sms', 'api'])

const authors = ['customer', 'person', 'stranger', 'integration', 'system'] as const

/**
 * One thing said. `text` is everything, `replyText` the new words, `html` the safe body without quotes and `quotedHtml`
 * the folded rest; `remoteImages` counts images that load only on request. `truncated`: some of these are longer than
 * 100,000 characters and only their beginning is here; all of it is in the raw mail.
 */
export const MessageView = z.object({
  type: z.literal('message'),
  id: z.uuid(),
  at: Time,
  medium: Medium,
  direction: z.enum(['in', 'out', 'internal']),
  author: z.object({ kind: z.enum(authors), id: z.uuid().nullable(), name: z.string(), organisation: z.string().nullable() }),
  from: Address.nullable(),
  to: z.array(Address),
  cc: z.array(Address),
  subject: z.string().nullable(),
  text: z.string(),
  replyText: z.string(),
  quotedText: z.string(),
  html: z.string().nullable(),
  quotedHtml: z.string().nullable(),
  truncated: z.boolean(),
  remoteImages: z.number().int(),
  attachments: z.array(Attachment),
  sentAt: Time.nullable(),
  startedAt: Time.nullable(),
  endedAt: Time.nullable(),
  automatic: OutcomeReason.nullable(),
  marks: z.array(OutcomeReason),
  authentication: Authentication.nullable(),
  hasSource: z.boolean(),
  delivery: Delivery.nullable(),
})
export type MessageView = z.infer<typeof MessageView>

/**
 * One thing that happened, in facts: the reader's language makes the sentence. `whom` names the person or team it was
 * about, as they are called now: events themselves hold no names.
 */
export const HappenedView = z.object({
  type: z.literal('event'),
  id: z.string(),
  at: Time,
  name: z.string(),
  by: z.object({ kind: z.string(), name: z.string().nullable(), self: z.boolean() }),
  whom: z.object({ name: z.string(), self: z.boolean() }).nullable(),
  facts: z.record(z.string(), z.unknown()),
})
export type HappenedView = z.infer<typeof HappenedView>

export const TimelineEntry = z.discriminatedUnion('type', [MessageView, HappenedView])
export type TimelineEntry = z.infer<typeof TimelineEntry>
