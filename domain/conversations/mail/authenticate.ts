import { sql } from 'kysely'
import type { ConversationId } from '../../../contract/conversations.ts'
import type { Tx } from '../../../kernel/context.ts'
import type { MailProof } from '../../../kernel/instance.ts'
import type { Steps } from '../../../kernel/transact.ts'
import { readFile } from '../../files/index.ts'
import { type Standing, standingOf } from './proof.ts'

export async function listToAuthenticate(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('messages')
    .select('id')
    .where('authentication_state', '=', 'pending')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((it) => it.id)
}

// What a checker that fails has to say: nothing for or against.
const undecided: MailProof = { spf: 'temperror', dkim: 'temperror', dmarc: 'temperror', aligned: false }

// Strangers are marked already; of the others a reader must know when they may be somebody else.
function marksAfter(standing: Standing) {
  if (standing === 'proven') return { marks: sql<string[]>`array_remove(marks, 'unproven_sender')` }
  if (standing === null) return {}
  return {
    marks: sql<string[]>`case when author_kind = 'customer' and 'unproven_sender' <> all(marks)
      then array_append(marks, 'unproven_sender') else marks end`,
  }
}

/** Checks SPF, DKIM and DMARC of a received mail. The checks ask the DNS, so they run after the mail is safe and never hold it up: what they find marks it, or takes a mark away. */
export async function authenticateMessage(steps: Steps, messageId: string): Promise<void> {
  const mail = await steps.transact(async (ctx) => {
    const row = await ctx.tx
      .selectFrom('messages')
      .innerJoin('inbound_messages', 'inbound_messages.id', 'messages.inbound_id')
      .select(['inbound_messages.raw_file', 'inbound_messages.envelope_from', 'inbound_messages.remote_address'])
      .where('messages.id', '=', messageId)
      .where('messages.authentication_state', '=', 'pending')
      .executeTakeFirst()
    return row && { ...row, raw: await readFile(ctx, row.raw_file) }
  })
  if (!mail) return
  const { aligned, ...found } = await steps.instance
    .authenticateMail({ raw: mail.raw, sender: mail.envelope_from, remoteAddress: mail.remote_address })
    .catch(() => undecided)
  const marks = marksAfter(standingOf({ ...found, aligned }, mail.remote_address !== null))
  await steps.transact(async (ctx) => {
    // It may have been deleted, or have moved to another conversation, while the DNS was asked.
    const row = await ctx.tx
      .updateTable('messages')
      .set({ authentication: sql`${JSON.stringify(found)}::jsonb`, authentication_state: 'done', ...marks })
      .where('id', '=', messageId)
      .returning('conversation_id')
      .executeTakeFirst()
    if (row) ctx.record('message.authenticated', { conversationId: row.conversation_id as ConversationId, messageId })
  })
}
