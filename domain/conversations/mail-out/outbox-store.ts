import { type Selectable, sql } from 'kysely'
import type { Database } from '../../../database/schema.ts'
import type { Tx } from '../../../kernel/context.ts'
import type { Delivery, Recipient } from './delivery.ts'

/** A mail that waits to go out, or went: what it needs beside its message, fixed when it was written. */
export type Outgoing = {
  messageId: string
  sendAt: Date
  envelopeFrom: string
  replyTo: string
  inReplyTo: string | null
  references: readonly string[]
  delivery: Delivery
}

export type Note = 'written_to_outbox'
export type Outcome = 'accepted' | 'partly' | 'refused' | 'postponed' | 'interrupted' | 'written' | 'reported'

export async function insertOutgoing(tx: Tx, { messageId, delivery, ...it }: Outgoing): Promise<void> {
  await tx
    .insertInto('outbox_messages')
    .values({
      message_id: messageId,
      send_at: it.sendAt,
      envelope_from: it.envelopeFrom,
      reply_to: it.replyTo,
      in_reply_to: it.inReplyTo,
      reference_ids: [...it.references],
      ...columnsOf(delivery),
    })
    .execute()
}

export async function listDueMail(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('outbox_messages')
    .select('message_id')
    .where('state', '=', 'queued')
    .where('due_at', '<=', now)
    .where((either) => either.or([either('claimed_until', 'is', null), either('claimed_until', '<=', now)]))
    .orderBy('due_at')
    .limit(limit)
    .execute()
  return rows.map((it) => it.message_id)
}

/** Its claim, by number, and whether somebody claimed it before and was not heard of again. */
export type Claim = { number: number; interrupted: boolean; outgoing: Outgoing }

/** Takes a due mail for sending. Null when it is not due any more, or somebody else has it. */
export async function claimOutgoing(tx: Tx, messageId: string, { now, until }: { now: Date; until: Date }): Promise<Claim | null> {
  const [due] = await listRows(
    tx,
    sql`message_id = ${messageId} and state = 'queued' and due_at <= ${now}
    and (claimed_until is null or claimed_until <= ${now})`,
  )
  if (!due) return null
  const number = due.claims + 1
  await tx.updateTable('outbox_messages').set({ claimed_until: until, claims: number }).where('message_id', '=', messageId).execute()
  return { number, interrupted: due.claimed_until !== null, outgoing: fromRow(due) }
}

/** A mail of ours, locked. `claimed`: it is being sent right now. */
export type Locked = { delivery: Delivery; claims: number; claimed: boolean }

export async function lockOutgoing(tx: Tx, messageId: string, now: Date): Promise<Locked | null> {
  const [row] = await listRows(tx, sql`message_id = ${messageId}`)
  return row
    ? { delivery: fromRow(row).delivery, claims: row.claims, claimed: row.claimed_until !== null && row.claimed_until > now }
    : null
}

/** Saves how a mail stands; whoever was sending it has done. */
export async function saveDelivery(tx: Tx, messageId: string, it: Delivery & { note?: Note | null }): Promise<void> {
  const note = it.note === undefined ? {} : { note: it.note }
  await tx
    .updateTable('outbox_messages')
    .set({ ...columnsOf(it), ...note, claimed_until: null })
    .where('message_id', '=', messageId)
    .execute()
}

export async function insertAttempt(
  tx: Tx,
  it: { id: string; messageId: string; at: Date; outcome: Outcome; dialogue: string },
): Promise<void> {
  await tx
    .insertInto('delivery_attempts')
    .values({ id: it.id, message_id: it.messageId, at: it.at, outcome: it.outcome, dialogue: it.dialogue })
    .execute()
}

/** Remembers which written mails are to be removed from the disk, because their conversations go. */
export async function insertRemovals(tx: Tx, conversationIds: readonly string[], at: Date): Promise<void> {
  await sql`
    insert into outbox_removals (message_id, at)
    select o.message_id, ${at} from outbox_messages o join messages m on m.id = o.message_id
    where o.note = 'written_to_outbox' and m.conversation_id = any(${conversationIds}::uuid[]) on conflict do nothing`.execute(tx)
}

export async function listRemovals(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.selectFrom('outbox_removals').select('message_id').orderBy('at').limit(limit).execute()
  return rows.map((it) => it.message_id)
}

export async function deleteRemoval(tx: Tx, messageId: string): Promise<void> {
  await tx.deleteFrom('outbox_removals').where('message_id', '=', messageId).execute()
}

type Row = Selectable<Database['outbox_messages']>

async function listRows(tx: Tx, where: ReturnType<typeof sql>): Promise<Row[]> {
  const { rows } = await sql<Row>`select * from outbox_messages where ${where} for update`.execute(tx)
  return rows
}

const columnsOf = ({ state, dueAt, tries, recipients }: Delivery) => ({
  state,
  due_at: dueAt,
  tries,
  recipients: JSON.stringify(recipients),
})

function fromRow(row: Row): Outgoing {
  return {
    messageId: row.message_id,
    sendAt: row.send_at,
    envelopeFrom: row.envelope_from,
    replyTo: row.reply_to,
    inReplyTo: row.in_reply_to,
    references: row.reference_ids,
    delivery: {
      state: row.state as Delivery['state'],
      dueAt: row.due_at,
      tries: row.tries,
      recipients: row.recipients as unknown as Recipient[],
    },
  }
}
