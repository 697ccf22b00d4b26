import { sql } from 'kysely'
import type { DeliveryLog } from '../../../contract/mail-out.ts'
import type { Context } from '../../../kernel/context.ts'
import { permit } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { visibleTo } from '../../../kernel/visibility.ts'
import { deliveryColumns, deliveryOf } from './timeline-message.ts'

const mostAttempts = 50

/** How a sent message fared: with each recipient, and try by try, the newest fifty. */
export async function readDelivery(ctx: Context, messageId: string): Promise<DeliveryLog> {
  permit(ctx, 'conversation.read')
  const { rows } = await sql<{ delivery: DeliveryLog; recipients: DeliveryLog['recipients']; attempts: DeliveryLog['attempts'] }>`
    select ${deliveryColumns} as delivery, o.recipients, coalesce((
      select json_agg(json_build_object('id', a.id, 'at', a.at, 'outcome', a.outcome, 'dialogue', a.dialogue) order by a.id)
      from (select * from delivery_attempts a where a.message_id = o.message_id order by a.id desc limit ${sql.lit(mostAttempts)}) a
    ), '[]') as attempts
    from outbox_messages o join messages m on m.id = o.message_id join conversations c on c.id = m.conversation_id
    where o.message_id = ${messageId} and ${visibleTo(ctx.actor, 'c')}`.execute(ctx.tx)
  const [row] = rows
  if (!row) throw new Refusal('not_found', 'delivery_not_found', 'This is no message that went out.')
  const attempts = row.attempts.map((it) => ({ ...it, at: new Date(it.at).toISOString() }))
  return { ...deliveryOf(row.delivery), recipients: row.recipients, attempts }
}
