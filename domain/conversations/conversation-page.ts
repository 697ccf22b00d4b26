import { sql } from 'kysely'
import type { ConversationId, ConversationView } from '../../contract/conversations.ts'
import type { CustomerId } from '../../contract/customers.ts'
import type { Permission } from '../../contract/permissions.ts'
import type { Context } from '../../kernel/context.ts'
import { may, permit } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { viewerOf } from './inbox.ts'
import { itemOf, itemRows } from './inbox-item.ts'
import { refuseUnseen } from './timeline.ts'

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
  await refuseUnseen(ctx, id)
  return showConversation(ctx, id)
}

/** What a verb answers with: the conversation as the verb left it, also to a key that only writes, and to whoever just handed it on. */
export async function showConversation(ctx: Context, id: ConversationId): Promise<ConversationView> {
  const [row] = await itemRows(ctx.tx, { viewer: viewerOf(ctx.actor), where: sql`c.id = ${id}::uuid`, order: sql`c.id`, limit: 1 })
  if (!row) throw new Refusal('not_found', 'conversation_not_found', 'There is no such conversation.')
  const more = await moreOf(ctx, id)
  return {
    ...itemOf(row),
    purpose: more.purpose,
    kind: more.kind,
    fields: more.fields,
    channel: more.channel_id === null ? null : { id: more.channel_id, name: more.channel_name ?? '' },
    participants: more.participants.map((it) => ({ ...it, customerId: it.customerId as CustomerId | null })),
    mergedInto: more.merged_into as ConversationId | null,
    can: canDo(ctx, more.merged_into !== null),
  }
}

async function moreOf(ctx: Context, id: ConversationId): Promise<More> {
  const { rows } = await sql<More>`
    select c.purpose, c.kind, c.fields, c.channel_id, channel.name as channel_name, c.merged_into,
      coalesce((
        select jsonb_agg(jsonb_build_object('address', p.address, 'name', p.name, 'admitted', p.admitted, 'customerId', p.customer_id) order by p.admitted desc, p.address)
        from (select * from conversation_participants p where p.conversation_id = c.id limit 200) p
      ), '[]') as participants
    from conversations c left join channels channel on channel.id = c.channel_id
    where c.id = ${id}`.execute(ctx.tx)
  return rows[0]!
}

const deeds: Permission[] = [
  'conversation.update',
  'conversation.note',
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
