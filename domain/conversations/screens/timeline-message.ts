import { type RawBuilder, sql } from 'kysely'
import type { MessageView } from '../../../contract/timeline.ts'
import type { Context } from '../../../kernel/context.ts'

/** A message with its attachments as the query below builds it: one value, so that the timeline is one statement. */
export type MessageRow = Omit<MessageView, 'type' | 'at' | 'sentAt' | 'startedAt' | 'endedAt' | 'delivery' | 'authentication'> & {
  at: string
  sentAt: string | null
  startedAt: string | null
  endedAt: string | null
  authentication: MessageView['authentication']
  authenticationState: 'none' | 'pending' | 'done'
}

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
    delivery: null,
  }
}

export async function getMessage(ctx: Context, id: string): Promise<MessageView> {
  const { rows } = await sql<{ message: MessageRow }>`select ${messageColumns} as message from messages m where m.id = ${id}`.execute(
    ctx.tx,
  )
  return messageOf(rows[0]!.message)
}
