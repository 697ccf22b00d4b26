import { type RawBuilder, sql } from 'kysely'
import type { Delivery } from '../../../contract/mail.ts'
import type { MessageView } from '../../../contract/timeline.ts'
import type { Context, Tx } from '../../../kernel/context.ts'
import { allWords, boundedWords, fitting } from './bounds.ts'
import { withoutHalfTag } from './half-tag.ts'

/** A message as it lies in its row, with its attachments beside it. */
export type MessageRow = {
  id: string
  at: string
  medium: MessageView['medium']
  direction: MessageView['direction']
  author_kind: MessageView['author']['kind']
  author_id: string | null
  author_name: string
  organisation: string | null
  from_address: MessageView['from']
  to_addresses: MessageView['to']
  cc_addresses: MessageView['cc']
  subject: string | null
  text: string
  reply_text: string
  quoted_text: string
  html: string | null
  quoted_html: string | null
  truncated?: boolean
  remote_images: number
  sent_at: Date | null
  started_at: Date | null
  ended_at: Date | null
  automatic: MessageView['automatic']
  marks: MessageView['marks']
  authentication: MessageView['authentication']
  authentication_state: 'none' | 'pending' | 'done'
  has_source: boolean
  attachments: MessageView['attachments'] | null
  delivery: Delivery | null
}

/** How the mail `outbox_messages o` stands, as one JSON value. */
export const deliveryColumns: RawBuilder<unknown> = sql`json_build_object('state', o.state, 'dueAt', o.due_at, 'tries', o.tries, 'note', o.note,
  'diagnostic', (select one ->> 'said' from jsonb_array_elements(o.recipients) one
    where one ->> 'state' in ('refused', 'bounced', 'waiting') and one ->> 'said' is not null limit 1))`

export const deliveryOf = ({ state, dueAt, tries, note, diagnostic }: Delivery): Delivery => ({
  state,
  dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
  tries,
  note,
  diagnostic,
})

/** Of `messages m`. Plain columns: building JSON in the database costs twice as much as reading the page. */
const columnsWith = (words: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  m.id, m.medium, m.direction, m.author_kind, m.author_id, m.author_name, m.from_address, m.to_addresses, m.cc_addresses, m.subject,
  ${words}, m.remote_images, m.sent_at, m.started_at, m.ended_at, m.automatic, m.marks,
  m.authentication, m.authentication_state, m.inbound_id is not null as has_source,
  (select o.name from organisations o where o.id = m.author_organisation and o.kind <> 'in_house') as organisation,
  (select json_agg(json_build_object('id', a.id, 'filename', a.filename, 'contentType', a.content_type,
    'size', a.size, 'contentId', a.content_id, 'inline', a.inline) order by a.id) from attachments a where a.message_id = m.id) as attachments,
  case when m.direction = 'out' then (select ${deliveryColumns} from outbox_messages o where o.message_id = m.id) end as delivery`

export const messageColumns = columnsWith(allWords)

const iso = (at: Date | null) => at?.toISOString() ?? null
const pending = { spf: 'pending', dkim: 'pending', dmarc: 'pending' } as const

export function messageOf(it: MessageRow): MessageView {
  const whole = (html: string | null) => (it.truncated && html !== null ? withoutHalfTag(html) : html)
  return {
    type: 'message',
    id: it.id,
    at: new Date(it.at).toISOString(),
    medium: it.medium,
    direction: it.direction,
    author: { kind: it.author_kind, id: it.author_id, name: it.author_name, organisation: it.organisation },
    from: it.from_address,
    to: it.to_addresses,
    cc: it.cc_addresses,
    subject: it.subject,
    text: it.text,
    replyText: it.reply_text,
    quotedText: it.quoted_text,
    html: whole(it.html),
    quotedHtml: whole(it.quoted_html),
    truncated: it.truncated ?? false,
    remoteImages: it.remote_images,
    attachments: it.attachments ?? [],
    sentAt: iso(it.sent_at),
    startedAt: iso(it.started_at),
    endedAt: iso(it.ended_at),
    automatic: it.automatic,
    marks: it.marks,
    authentication: it.authentication_state === 'pending' ? pending : it.authentication,
    hasSource: it.has_source,
    delivery: it.delivery && deliveryOf(it.delivery),
  }
}

/** Large messages as far as a page has room for them, by id. */
export async function readLarge(tx: Tx, ids: readonly string[]): Promise<Map<string, Omit<MessageRow, 'at'>>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<MessageRow>`select ${columnsWith(boundedWords)} from ${fitting(ids)} m`.execute(tx)
  return new Map(rows.map((it) => [it.id, it]))
}

/** One message, however long. */
export async function getMessage(ctx: Context, id: string): Promise<MessageView> {
  const { rows } = await sql<MessageRow>`select m.at::text as at, ${messageColumns} from messages m where m.id = ${id}`.execute(ctx.tx)
  return messageOf(rows[0]!)
}
