import { sql } from 'kysely'
import type { Status } from '../../../contract/conversations.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Message } from '../message.ts'
import { messageRow } from '../message-store.ts'
import { type Named, namingOf } from '../participants.ts'
import { conversationRow, type FreshConversation, type Newest, newestOf } from '../store.ts'
import { linkingOf } from './thread-store.ts'

/** All that a mail adds to a conversation, which is new when `fresh` says how it starts. */
export type Writing = {
  fresh: FreshConversation | null
  message: Message
  newest: Newest
  thread: { own: string; ancestors: readonly string[] }
  named: readonly Named[]
}

export type Written = { id: string; number: number; subject: string; status: Status }

/** Writes a mail into its conversation and answers what that is now. One statement: every mail is written by it. */
export async function writeMail({ tx, now }: Context, { fresh, message, newest, thread, named }: Writing): Promise<Written> {
  const id = message.conversationId
  const { rows } = await sql<Written & { number: string }>`
    with said as (${messageRow(tx, message)}), linked as (${linkingOf(id, thread)}), named as (${namingOf(id, named)})
    ${fresh ? conversationRow(tx, { ...fresh, newest }) : newestOf(id, { ...newest, now })}
    returning id, number, subject, status`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('The conversation of a mail is gone.')
  return { ...row, number: Number(row.number) }
}
