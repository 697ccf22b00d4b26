import type { Selectable } from 'kysely'
import type { Outcome, OutcomeReason } from '../../contract/mail.ts'
import type { Database } from '../../database/schema.ts'
import type { Tx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { InboundMessage } from './inbound.ts'
import type { MailIdentity } from './mail-identity.ts'
import { tombstoneOf } from './tombstones.ts'

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
      attempts: it.attempts,
      retry_at: it.retryAt,
    })
    .execute()
}

export async function lockInbound(tx: Tx, id: string): Promise<InboundMessage> {
  const row = await tx.selectFrom('inbound_messages').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'inbound_not_found', 'There is no such mail.')
  return fromRow(row)
}

/** Claims a distinct mail. Null when it is the first of its kind; otherwise the mail that came before it. */
export async function claimIdentity(tx: Tx, it: MailIdentity & { inboundId: string }): Promise<string | null> {
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
export async function idReused(tx: Tx, it: MailIdentity): Promise<boolean> {
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
): Promise<Pick<Finished, 'outcome' | 'reason' | 'messageId' | 'conversationId'> | undefined> {
  const row = await tx
    .selectFrom('inbound_messages')
    .select(['message_id', 'conversation_id', 'outcome', 'reason'])
    .where('id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      messageId: row.message_id,
      conversationId: row.conversation_id,
      outcome: (row.outcome ?? 'suppressed') as Outcome,
      reason: row.reason as OutcomeReason | null,
    }
  )
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
    })
    .where('id', '=', id)
    .where('state', '<>', 'processed')
    .execute()
}

/** Counts a try before it is made. */
export async function countTry(tx: Tx, id: string, it: { attempts: number; retryAt: Date | null }): Promise<void> {
  await tx.updateTable('inbound_messages').set({ attempts: it.attempts, retry_at: it.retryAt }).where('id', '=', id).execute()
}

export async function postponeInbound(tx: Tx, id: string, it: { retryAt: Date; failure: string }): Promise<void> {
  await tx
    .updateTable('inbound_messages')
    .set({ retry_at: it.retryAt, failure: it.failure })
    .where('id', '=', id)
    .where('state', '=', 'unprocessed')
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

/** One of a sender's latest mails, as far as the loop guard looks at it. */
export type Lately = {
  subject: string
  reason: OutcomeReason | null
  bodyHash: string | null
  conversationId: string | null
  messageId: string | null
}

/** What a sender sent since then, newest first, at most fifty. Imported mail does not count: it did not just arrive. */
export async function listLately(tx: Tx, it: { sender: string; since: Date }): Promise<Lately[]> {
  const rows = await tx
    .selectFrom('inbound_messages')
    .leftJoin('mail_identities', 'mail_identities.inbound_id', 'inbound_messages.id')
    .select(['subject', 'reason', 'conversation_id', 'message_id', 'body_hash'])
    .where('sender', '=', it.sender)
    .where('received_at', '>', it.since)
    .where('historic', '=', false)
    .orderBy('received_at', 'desc')
    .limit(50)
    .execute()
  return rows.map((row) => ({
    subject: row.subject ?? '',
    reason: row.reason as OutcomeReason | null,
    bodyHash: row.body_hash,
    conversationId: row.conversation_id,
    messageId: row.message_id,
  }))
}

/** Lets the mails of one conversation lead to another, which took it in. */
export async function moveInbound(tx: Tx, from: string, to: string): Promise<void> {
  await tx.updateTable('inbound_messages').set({ conversation_id: to }).where('conversation_id', '=', from).execute()
}

/** The mails behind some messages of a conversation, and their duplicates. */
export async function listInboundOfMessages(tx: Tx, conversationId: string, messageIds: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('inbound_messages')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('message_id', 'in', [...messageIds])
    .execute()
  return rows.map((it) => it.id)
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
  return rows.map((it) => tombstoneOf({ messageHash: it.message_hash, bodyHash: it.body_hash }))
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
    retryAt: row.retry_at,
  }
}
