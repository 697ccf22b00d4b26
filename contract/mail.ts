import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { happens } from './event.ts'
import { Paging, page, Time } from './paging.ts'

/** A name and an address as they stood in a header. `address` is null where the header held none that could be read. */
export const Address = z.object({ address: z.string(), name: z.string() })
export type Address = z.infer<typeof Address>

/** What an inbound mail led to. `suppressed`: kept and linked, but nothing is provoked (automatic mail, loop, duplicate). */
export const Outcome = z.enum(['started', 'appended', 'suppressed', 'quarantined'])
export type Outcome = z.infer<typeof Outcome>

/** Why, where the outcome alone does not say it. */
export const OutcomeReason = z.enum([
  'auto_reply',
  'vacation',
  'bounce',
  'delayed',
  'delivered',
  'list',
  'bulk',
  'system',
  'loop',
  'rate',
  'duplicate',
  'deleted',
  'reused_message_id',
  'stranger',
  'unproven_colleague',
  'unproven_sender',
  'unreadable',
  'failed',
])
export type OutcomeReason = z.infer<typeof OutcomeReason>

export const Attachment = z.object({
  id: z.uuid(),
  filename: z.string(),
  contentType: z.string(),
  size: z.number().int(),
  contentId: z.string().nullable(),
  inline: z.boolean(),
})
export type Attachment = z.infer<typeof Attachment>

/**
 * How a mail of ours stands. `sent`: the next server took it, or it was written to the outbox folder, as `note` says.
 * `delivered` only where a server reported so. `failed`: some recipient was refused for good. `dueAt` is the next try.
 */
export const Delivery = z.object({
  state: z.enum(['queued', 'sent', 'delivered', 'bounced', 'failed']),
  dueAt: Time.nullable(),
  tries: z.number().int(),
  note: z.enum(['written_to_outbox']).nullable(),
  /** What was said last of a recipient it did not reach. */
  diagnostic: z.string().nullable(),
})
export type Delivery = z.infer<typeof Delivery>

export const ReceivedMessage = z.object({
  id: z.uuid(),
  from: Address.nullable(),
  to: z.array(Address),
  cc: z.array(Address),
  subject: z.string(),
  text: z.string(),
  replyText: z.string(),
  html: z.string().nullable(),
  attachments: z.array(Attachment),
  sentAt: Time.nullable(),
})
export type ReceivedMessage = z.infer<typeof ReceivedMessage>

export const Received = z.object({
  outcome: Outcome,
  reason: OutcomeReason.optional(),
  conversation: z.object({ id: z.uuid(), number: z.number().int(), subject: z.string(), status: z.string() }).optional(),
  message: ReceivedMessage.optional(),
})
export type Received = z.infer<typeof Received>

export const receiveEmail = endpoint({
  method: 'POST',
  path: '/inbound/email',
  summary: 'Hand in one raw e-mail',
  permission: 'mail.receive',
  accepts: 'message/rfc822',
  query: z.object({ envelopeFrom: z.string().max(1000).optional(), envelopeTo: z.string().max(10_000).optional() }),
  body: z.instanceof(Uint8Array),
  returns: Received,
  status: 201,
})

/** How a mail stands with us: SPF, DKIM and DMARC as checked when it arrived over SMTP; `pending` until then, `none` where nothing could be checked. */
const Verdict = z.enum(['pass', 'fail', 'softfail', 'neutral', 'none', 'policy', 'temperror', 'permerror', 'pending'])
export const Authentication = z.object({ spf: Verdict, dkim: Verdict, dmarc: Verdict })
export type Authentication = z.infer<typeof Authentication>

/** A mail that could not be understood: kept raw, visible, can be tried again or deleted. */
export const QuarantinedMail = z.object({
  id: z.uuid(),
  receivedAt: Time,
  via: z.enum(['smtp', 'api', 'import', 'imap']),
  envelopeFrom: z.string().nullable(),
  envelopeTo: z.array(z.string()),
  subject: z.string().nullable(),
  size: z.number().int(),
  reason: z.string(),
  attempts: z.number().int(),
  can: z.array(z.string()),
})
export type QuarantinedMail = z.infer<typeof QuarantinedMail>

const InboundParams = z.object({ inboundId: z.uuid() })

export const listQuarantine = endpoint({
  method: 'GET',
  path: '/quarantine',
  summary: 'Mail that could not be understood, newest first',
  permission: 'quarantine.read',
  query: Paging,
  returns: page(QuarantinedMail),
})
export const readQuarantinedSource = endpoint({
  method: 'GET',
  path: '/quarantine/:inboundId/source',
  summary: 'The raw bytes of a quarantined mail',
  permission: 'quarantine.read',
  params: InboundParams,
  returns: z.instanceof(Uint8Array),
  produces: 'text/plain',
})
export const retryQuarantined = endpoint({
  method: 'POST',
  path: '/quarantine/:inboundId/retry',
  summary: 'Try once more to understand a quarantined mail',
  permission: 'quarantine.resolve',
  params: InboundParams,
  returns: Received,
})
export const deleteQuarantined = endpoint({
  method: 'DELETE',
  path: '/quarantine/:inboundId',
  summary: 'Delete a quarantined mail for good',
  permission: 'quarantine.resolve',
  params: InboundParams,
  returns: z.undefined(),
  status: 204,
})

const Inbound = z.object({ inboundId: z.uuid() })
export const mailEvents = {
  'mail.quarantined': happens('inbound_message', 'inboundId', Inbound.extend({ reason: OutcomeReason })),
  'mail.released': happens('inbound_message', 'inboundId', Inbound),
  'mail.deleted': happens('inbound_message', 'inboundId', Inbound),
}
