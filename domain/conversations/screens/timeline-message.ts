import { type RawBuilder, sql } from 'kysely'
import type { Delivery } from '../../../contract/mail.ts'
import type { MessageView } from '../../../contract/timeline.ts'
import type { Context } from '../../../kernel/context.ts'

/** A message with its attachments as the query below builds it: one value, so that the timeline is one statement. */
export type MessageRow = Omit<MessageView, 'type' | 'at' | 'sentAt' | 'startedAt' | 'endedAt' | 'authentication'> & {
  at: string
  sentAt: string | null
  startedAt: string | null
  endedAt: string | null
  authentication: MessageView['authentication']
  authenticationState: 'none' | 'pending' | 'done'
}

/** How the mail `outbox_messages o` stands, as one JSON value. */
export const deliveryColumns: RawBuilder<unknown> = sql`json_build_object('state', o.state, 'dueAt', o.due_at, 'tries', o.tries, 'note', o.note,
  'diagnostic', (select one ->> 'said' from jsonb_array_elements(o.recipients) one
    where one ->> 'state' in ('refused', 'bounced', 'waiting') and one ->> 'said' is not null limit 1))`

export const deliveryOf = ({ state, dueAt, tries, note, diagnostic }: Delivery): Delivery => ({
  state,
  dueAt: iso(dueAt),
  tries,
  note,
  diagnostic,
})

/** The columns of `messages m` as one JSON value. */
export const messageColumns: RawBuilder<unknown> = sql`json_build_object(
  'id', m.id, 'at', m.at, 'medium', m.medium, 'direction', m.direction,
  'author', json_build_object('kind', m.author_kind, 'id', m.author_id, 'name', m.author_name,
    'organisation', (select o.name from organisations o where o.id = m.author_organisation and o.kind <> 'in_house')),
  'from', m.from_address, 'to', m.to_addresses, 'cc', m.cc_addresses, 'subject', m.subject,
  'text', m.text, 'replyText', m.reply_text, 'quotedText', m.quoted_text, 'html', m.html, 'quotedHtml', m.quoted_html,
  'remoteImages', m.remote_images, 'sentAt', m.sent_at, 'startedAt', m.started_at, 'endedAt', m.ended_at,
  'automatic', m.automatic, 'marks', m.marks, 'authentication', m.authentication, 'authenticationState', m.authentication_state,
  'hasSource', m.inbound_id is not null,
  'delivery', case when m.direction = 'out' then (select ${deliveryColumns} from outbox_messages o where o.message_id = m.id) end,
  'attachments', coalesce((select json_agg(json_build_object('id', a.id, 'filename', a.filename, 'contentType', a.content_type,
    'size', a.size, 'contentId', a.content_id, 'inline', a.inline) order by a.id) from attachments a where a.message_id = m.id), '[]')
)`

const iso = (at: string | null) => (at === null ? null : new Date(at).toISOString())
const pending = { spf: 'pending', dkim: 'pending', dmarc: 'pending' } as const

export function messageOf({ authenticationState, ...it }: MessageRow): MessageView {
  return {
    ...it,
    type: 'message',
    at: new Date(it.at).toISOString(),
    sentAt: iso(it.sentAt),
    startedAt: iso(it.startedAt),
    endedAt: iso(it.endedAt),
    authentication: authenticationState === 'pending' ? pending : it.authentication,
    delivery: it.delivery && deliveryOf(it.delivery),
  }
}

export async function getMessage(ctx: Context, id: string): Promise<MessageView> {
  const { rows } = await sql<{ message: MessageRow }>`select ${messageColumns} as message from messages m where m.id = ${id}`.execute(
    ctx.tx,
  )
  return messageOf(rows[0]!.message)
}
