import type { ConversationId } from '../../../contract/conversations.ts'

/** Where an id leads to. `own`: the mail with this id lies there; otherwise a mail there only refers to it. */
export type Link = { id: ConversationId; own: boolean }

/** What a mail offers to find its conversation by, each already looked up. */
export type Evidence = {
  /** Of a reply address we signed. */
  signed: ConversationId | null
  /** Of the mails it says it answers, nearest first. */
  ancestors: readonly Link[]
  /** Whose mails answer this one, though it only arrives now. */
  awaited: readonly ConversationId[]
  /** Those of all these where the sender takes part or that began after the mail was written; all of them for an imported mail. */
  atHome: ReadonlySet<ConversationId>
  /** Of the `[#123]` in its subject, when the sender already takes part there: anybody can type a number. */
  token: ConversationId | null
}

export type ThreadedBy = 'signed' | 'reference' | 'awaited' | 'token'

/** Where a mail belongs: into a conversation or a new one, and which others it shows to be the same thread. */
export type Threading = { into: ConversationId | null; by: ThreadedBy | null; same: readonly ConversationId[] }

/**
 * Decides where a mail belongs. What we signed outranks what the sender's program wrote, which outranks what a person
 * may have typed. Anybody can refer to a mail that is still to come and wait for it: what only refers leads those who
 * take part there, and mail that is merely late. Every other conversation its references lead to is the same thread, seen from
 * its other end.
 */
export function threaded({ signed, ancestors, awaited, atHome, token }: Evidence): Threading {
  const ranked: [ThreadedBy, ConversationId | null | undefined][] = [
    ['signed', signed],
    ['reference', ancestors.find((it) => it.own || atHome.has(it.id))?.id],
    ['awaited', awaited.find((id) => atHome.has(id))],
    ['token', token],
  ]
  const [by, into] = ranked.find(([, id]) => id) ?? [null, null]
  // What was only typed shows where this one mail belongs, and nothing about others.
  if (!into || by === 'token') return { into: into ?? null, by, same: [] }
  const same = new Set([...ancestors.map((it) => it.id), ...awaited].filter((id) => id !== into))
  return { into, by, same: [...same] }
}

/**
 * A conversation that a mail connects with another. `started` is when its first word was said, `touched` whether somebody
 * worked in it, `deserted` whether nobody takes part in it: it holds only reports of mail servers.
 */
export type Side = { id: ConversationId; teamId: string | null; started: Date; historic: boolean; touched: boolean; deserted: boolean }

/** The mail that connects them: imported, so an administrator vouches for it, or from somebody who takes part in both. */
export type Connecting = { historic: boolean; takesPartInBoth: boolean }

/**
 * Whether one conversation may flow into the other because a mail connects them. Ids in headers can be guessed, so the
 * sender must take part in both; nobody may have worked in the one that disappears; and nothing may become visible to a
 * team that did not see it. Imported halves may lie outside any team: then the team of the other is theirs.
 */
export function mayJoin(gone: Side, survivor: Side, by: Connecting): boolean {
  if (gone.touched || !(by.historic || by.takesPartInBoth)) return false
  const imported = gone.historic && survivor.historic
  return gone.teamId === survivor.teamId || (imported && (gone.teamId === null || survivor.teamId === null))
}

/**
 * Whether a conversation that was waiting for a mail follows it to where it belongs. Had the mails come in order, its own
 * would have been there already, as strangers' unless they take part: so that is how it follows.
 */
export function mayFollow(gone: Side, survivor: Side): boolean {
  return !gone.touched && gone.teamId === survivor.teamId
}
