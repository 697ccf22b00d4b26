import type { ConversationId } from '../../contract/conversations.ts'

/** What a mail offers to find its conversation by, each already looked up. */
export type Evidence = {
  /** Of a reply address we signed. */
  signed: ConversationId | null
  /** Of the mails it says it answers, nearest first. */
  ancestors: readonly ConversationId[]
  /** Whose mails answer this one, though it only arrives now. */
  awaited: readonly ConversationId[]
  /** Of the `[#123]` in its subject, when the sender already takes part there: anybody can type a number. */
  token: ConversationId | null
}

export type ThreadedBy = 'signed' | 'reference' | 'awaited' | 'token'

/** Where a mail belongs: into a conversation or a new one, and which others it shows to be the same thread. */
export type Threading = { into: ConversationId | null; by: ThreadedBy | null; same: readonly ConversationId[] }

/**
 * Decides where a mail belongs. What we signed outranks what the sender's program wrote, which outranks what a person
 * may have typed. Every other conversation its references lead to is the same thread, seen from its other end.
 */
export function threaded({ signed, ancestors, awaited, token }: Evidence): Threading {
  const ranked: [ThreadedBy, ConversationId | null | undefined][] = [
    ['signed', signed],
    ['reference', ancestors[0]],
    ['awaited', awaited[0]],
    ['token', token],
  ]
  const [by, into] = ranked.find(([, id]) => id) ?? [null, null]
  if (!into) return { into: null, by: null, same: [] }
  const same = new Set([...ancestors, ...awaited].filter((id) => id !== into))
  return { into, by, same: [...same] }
}

/** Two conversations a mail connects. `started` is when the first word was said. */
export type Side = { id: ConversationId; customerId: string | null; historic: boolean; started: Date; touched: boolean }

/**
 * Whether one conversation may flow into the other because a mail connects them. Ids in headers can be guessed, so only
 * one customer's own threads are joined by themselves, and only as long as nobody has worked in the one that disappears.
 * Imported mail was put together by an administrator, so all of it may join.
 */
export function mayJoin(gone: Side, survivor: Side): boolean {
  if (gone.historic && survivor.historic) return true
  return !gone.touched && gone.customerId !== null && gone.customerId === survivor.customerId
}
