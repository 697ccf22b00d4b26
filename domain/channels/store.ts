import { type Selectable, sql } from 'kysely'
import type { Outcome, OutcomeReason } from '../../contract/mail.ts'
import type { Database } from '../../database/schema.ts'
import type { Tx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { InboundMessage } from './inbound.ts'

export async function insertInbound(tx: Tx, it: InboundMessage): Promise<void> {
  await tx
    .insertInto('inbound_messages')
    .values({
      id: it.id,
      via: it.via,
      envelope_from: it.envelopeFrom,
      envelope_to: [...it.envelopeTo],
      remote_address: it.remoteAddress,
      raw_file: it.rawFile,
      size: it.size,
      historic: it.historic,
      received_at: it.receivedAt,
      retry_at: new Date(it.receivedAt.getTime() + 60_000),
    })
    .execute()
}

export async function lockInbound(tx: Tx, id: string): Promise<InboundMessage> {
  const row = await tx.selectFrom('inbound_messages').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'inbound_not_found', 'There is no such mail.')
  return fromRow(row)
}

/** Claims a distinct mail. Null when it is the first of its kind; otherwise the mail that came before it. */
export async function claimIdentity(tx: Tx, it: { messageHash: string; bodyHash: string; inboundId: string }): Promise<string | null> {
  const row = { message_hash: it.messageHash, body_hash: it.bodyHash, inbound_id: it.inboundId }
  const claimed = await tx
    .insertInto('mail_identities')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('inbound_id')
    .executeTakeFirst()
  if (claimed) return null
  const first = await tx
    .selectFrom('mail_identities')
    .select('inbound_id')
    .where('message_hash', '=', it.messageHash)
    .where('body_hash', '=', it.bodyHash)
    .executeTakeFirstOrThrow()
  return first.inbound_id
}

/** Whether another mail with this Message-ID but another body was seen. */
export async function idReused(tx: Tx, it: { messageHash: string; bodyHash: string }): Promise<boolean> {
  const other = await tx
    .selectFrom('mail_identities')
    .select('inbound_id')
    .where('message_hash', '=', it.messageHash)
    .where('body_hash', '<>', it.bodyHash)
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}

type Finished = {
  outcome: Outcome
  reason: OutcomeReason | null
  conversationId: string | null
  messageId: string | null
  sender: string | null
  subject: string | null
}

export async function finishInbound(tx: Tx, id: string, it: Finished): Promise<void> {
  await tx
    .updateTable('inbound_messages')
    .set({
      state: 'processed',
      outcome: it.outcome,
      reason: it.reason,
      conversation_id: it.conversationId,
      message_id: it.messageId,
      sender: it.sender,
      subject: it.subject,
      retry_at: null,
      failure: null,
    })
    .where('id', '=', id)
    .execute()
}

export async function findFinished(
  tx: Tx,
  id: string,
): Promise<{ messageId: string | null; outcome: Outcome; conversationId: string | null } | undefined> {
  const row = await tx
    .selectFrom('inbound_messages')
    .select(['message_id', 'conversation_id', 'outcome'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { messageId: row.message_id, conversationId: row.conversation_id, outcome: (row.outcome ?? 'suppressed') as Outcome }
}

export async function quarantineInbound(
  tx: Tx,
  id: string,
  it: { reason: OutcomeReason; subject: string | null; failure: string | null },
): Promise<void> {
  await tx
    .updateTable('inbound_messages')
    .set({
      state: 'quarantined',
      outcome: 'quarantined',
      reason: it.reason,
      subject: it.subject,
      failure: it.failure,
      retry_at: null,
      attempts: sql`attempts + 1`,
    })
    .where('id', '=', id)
    .execute()
}

export async function postponeInbound(tx: Tx, id: string, it: { attempts: number; retryAt: Date; failure: string }): Promise<void> {
  await tx
    .updateTable('inbound_messages')
    .set({ attempts: it.attempts, retry_at: it.retryAt, failure: it.failure })
    .where('id', '=', id)
    .execute()
}

/** Ids of mails that were kept but not yet recorded and whose time to try again has come. */
export async function listUnprocessed(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('inbound_messages')
    .select('id')
    .where('state', '=', 'unprocessed')
    .where('retry_at', '<=', now)
    .orderBy('retry_at')
    .limit(limit)
    .execute()
  return rows.map((it) => it.id)
}

/** Mails of one sender with one subject since then, counted to 20, and the conversation of the newest: what the loop guard looks at. */
export async function findRepeated(
  tx: Tx,
  it: { sender: string; subject: string; since: Date },
): Promise<{ count: number; conversationId: string | null }> {
  const rows = await tx
    .selectFrom('inbound_messages')
    .select('conversation_id')
    .where('sender', '=', it.sender)
    .where('received_at', '>', it.since)
    .where('subject', '=', it.subject)
    .orderBy('received_at', 'desc')
    .limit(20)
    .execute()
  return { count: rows.length, conversationId: rows.find((row) => row.conversation_id !== null)?.conversation_id ?? null }
}

/** Forgets mails and says which files they had. Their identities go with them. */
export async function eraseInbound(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .deleteFrom('inbound_messages')
    .where('id', 'in', [...ids])
    .returning('raw_file')
    .execute()
  return rows.map((it) => it.raw_file)
}

/** The identities of mails: what a tombstone must know so that they stay deleted. */
export async function identitiesOf(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('mail_identities')
    .select(['message_hash', 'body_hash'])
    .where('inbound_id', 'in', [...ids])
    .execute()
  return rows.map((it) => `${it.message_hash}:${it.body_hash}`)
}

export async function listInboundOf(tx: Tx, conversationIds: readonly string[]): Promise<string[]> {
  if (conversationIds.length === 0) return []
  const rows = await tx
    .selectFrom('inbound_messages')
    .select('id')
    .where('conversation_id', 'in', [...conversationIds])
    .execute()
  return rows.map((it) => it.id)
}

function fromRow(row: Selectable<Database['inbound_messages']>): InboundMessage {
  return {
    id: row.id,
    via: row.via as InboundMessage['via'],
    state: row.state as InboundMessage['state'],
    envelopeFrom: row.envelope_from,
    envelopeTo: row.envelope_to,
    remoteAddress: row.remote_address,
    rawFile: row.raw_file,
    size: Number(row.size),
    historic: row.historic,
    receivedAt: row.received_at,
    attempts: row.attempts,
  }
}
