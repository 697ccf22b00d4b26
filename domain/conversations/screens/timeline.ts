import { sql } from 'kysely'
import type { ConversationId } from '../../../contract/conversations.ts'
import { events } from '../../../contract/events.ts'
import type { TimelineEntry } from '../../../contract/timeline.ts'
import type { Context } from '../../../kernel/context.ts'
import { permit } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { visibleTo } from '../../../kernel/visibility.ts'
import { isLight } from './bounds.ts'
import { readMark, writeMark } from './mark.ts'
import { type EventRow, eventOf } from './timeline-event.ts'
import { type MessageRow, messageColumns, messageOf, readLarge } from './timeline-message.ts'

// A message, or the id of a large one, or an event, or none: then the conversation has nothing to tell on this page.
type Entry = { at: string | null; sort: string; large: string | null; event: EventRow | null } & (Omit<MessageRow, 'at'> | { id: null })

/** Everything said and everything that happened in a conversation, oldest first, in one keyset page. Where large mails fill it, it ends early. */
export async function readTimeline(ctx: Context, id: ConversationId, paging: { limit: number; after?: string | undefined }) {
  permit(ctx, 'conversation.read')
  const from = paging.after === undefined ? { at: '-infinity', id: '' } : readMark(paging.after)
  // Written out, so that PostgreSQL may keep one plan: of a limit it does not know it fears the worst.
  const limit = sql.lit(paging.limit + 1)
  const { rows } = await sql<Entry>`
    select entry.at::text as at, entry.sort, entry.event, case when m.id is null then entry.message_id end as large, ${messageColumns} from conversations c left join lateral (
      (select m.at, m.id::text collate "C" as sort, m.id as message_id, null::json as event
        from messages m where m.conversation_id = ${id} and (m.at, m.id::text collate "C") > (${from.at}::timestamptz, ${from.id})
        order by m.at, m.id limit ${limit})
      union all
      (select e.at, lpad(e.id::text, 40, '0') collate "C" as sort, null::uuid, json_build_object(
          'id', e.id, 'name', e.name, 'data', e.data, 'actorKind', e.actor_kind, 'actorId', e.actor_id,
          'actorName', case when e.actor_kind = 'person' then (select name from people where id = e.actor_id::uuid) end,
          'whomId', ${whomId}, 'whom', coalesce((select name from people where id = ${whomId}), (select name from teams where id = ${whomId}))) as event
        from event_log e
        where e.subject_id = ${id} and e.name <> all(${unsaid}) and (e.at, lpad(e.id::text, 40, '0') collate "C") > (${from.at}::timestamptz, ${from.id})
        order by e.at, e.id limit ${limit})
      order by at, sort limit ${limit}
    ) entry on true left join messages m on m.id = entry.message_id and ${isLight}
    where c.id = ${id} and ${visibleTo(ctx.actor, 'c')} order by entry.at, entry.sort`.execute(ctx.tx)
  // Where there is nothing to tell, the conversation itself still answers with one empty row.
  if (rows.length === 0) throw unseen()
  const ids = rows.flatMap((it) => it.large ?? [])
  const large = await readLarge(ctx.tx, ids)
  const full = rows.findIndex((it) => it.large !== null && !large.has(it.large))
  const shown = rows.slice(0, full < 0 ? paging.limit : Math.min(full, paging.limit)).filter((it) => it.at !== null)
  const last = rows.length > shown.length ? shown.at(-1) : undefined
  return {
    items: shown.map((it) => entryOf(ctx, it.large === null ? it : { ...it, ...large.get(it.large)! })),
    next: last?.at ? writeMark(last.at, last.sort) : null,
  }
}

// The person or team an event is about.
const whomId = sql`coalesce(e.data ->> 'ownerId', e.data ->> 'teamId', e.data ->> 'personId')::uuid`

// What the messages themselves already tell.
const unsaid = Object.keys(events).filter((name) => name.startsWith('message.') || name === 'note.written')

function entryOf(ctx: Context, it: Entry): TimelineEntry {
  return it.id === null ? eventOf(ctx.actor, it.event!, it.at!) : messageOf({ ...it, at: it.at! })
}

/** Refuses `conversation_not_found` unless the asker may see it. */
export async function refuseUnseen(ctx: Context, id: string): Promise<void> {
  const seen = await ctx.tx
    .selectFrom('conversations')
    .select('id')
    .where('id', '=', id)
    .where(visibleTo(ctx.actor, 'conversations'))
    .executeTakeFirst()
  if (!seen) throw unseen()
}

const unseen = () => new Refusal('not_found', 'conversation_not_found', 'There is no such conversation.')
