import { type RawBuilder, sql } from 'kysely'
import type { ConversationId, ConversationView } from '../../../contract/conversations.ts'
import type { CustomerId } from '../../../contract/customers.ts'
import type { Permission } from '../../../contract/permissions.ts'
import type { Context } from '../../../kernel/context.ts'
import { may, permit } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { visibleTo } from '../../../kernel/visibility.ts'
import { viewerOf } from './inbox.ts'
import { type ItemRow, itemColumns, itemJoins, itemOf } from './inbox-item.ts'

type More = {
  purpose: ConversationView['purpose']
  kind: ConversationView['kind']
  fields: ConversationView['fields']
  channel_id: string | null
  channel_name: string | null
  merged_into: string | null
  participants: { address: string; name: string; admitted: boolean; customerId: string | null }[]
}

/** One conversation as its page shows it. What the asker may not see does not exist for them. */
export async function getConversation(ctx: Context, id: ConversationId): Promise<ConversationView> {
  permit(ctx, 'conversation.read')
  return page(ctx, sql`c.id = ${id}::uuid and ${visibleTo(ctx.actor, 'c')}`)
}

/** What a verb answers with: the conversation as the verb left it, also to a key that only writes, and to whoever just handed it on. */
export async function showConversation(ctx: Context, id: ConversationId): Promise<ConversationView> {
  return page(ctx, sql`c.id = ${id}::uuid`)
}

async function page(ctx: Context, where: RawBuilder<unknown>): Promise<ConversationView> {
  const { rows } = await sql<ItemRow & More>`
    select ${itemColumns}, c.purpose, c.kind, c.fields, c.channel_id, channel.name as channel_name, c.merged_into,
      coalesce((
        select json_agg(json_build_object('address', p.address, 'name', p.name, 'admitted', p.admitted, 'customerId', p.customer_id) order by p.admitted desc, p.address)
        from (select * from conversation_participants p where p.conversation_id = c.id limit 200) p
      ), '[]') as participants
    from conversations c ${itemJoins(viewerOf(ctx.actor))} left join channels channel on channel.id = c.channel_id
    where ${where}`.execute(ctx.tx)
  const row = rows[0]
  if (!row) throw new Refusal('not_found', 'conversation_not_found', 'There is no such conversation.')
  return {
    ...itemOf(row),
    purpose: row.purpose,
    kind: row.kind,
    fields: row.fields,
    channel: row.channel_id === null ? null : { id: row.channel_id, name: row.channel_name ?? '' },
    participants: row.participants.map((it) => ({ ...it, customerId: it.customerId as CustomerId | null })),
    mergedInto: row.merged_into as ConversationId | null,
    can: canDo(ctx, row.merged_into !== null),
  }
}

const deeds: Permission[] = [
  'conversation.update',
  'conversation.note',
  'conversation.reply',
  'conversation.admit',
  'conversation.delete',
  'mail.raw',
  'customer.read',
  'customer.delete',
]

// A merged conversation can only be read and followed to its survivor.
function canDo(ctx: Context, merged: boolean): string[] {
  return deeds.filter((it) => may(ctx.actor, it) && (!merged || !it.startsWith('conversation.')))
}
