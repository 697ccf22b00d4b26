import type { ConversationId, Status } from '../../contract/conversations.ts'
import type { CustomerId } from '../../contract/customers.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** What is said and settled between a customer and us about one matter. */
export type Conversation = {
  id: ConversationId
  number: number
  subject: string
  status: Status
  statusSince: Date
  snoozedUntil: Date | null
  customerId: CustomerId | null
  ownerId: string | null
  teamId: string | null
  purpose: string | null
  kind: string | null
  fields: Record<string, unknown>
  tags: readonly string[]
  audience: readonly string[]
  mergedInto: ConversationId | null
}

const inStatus = (it: Conversation, status: Status, now: Date): Conversation =>
  it.status === status ? it : { ...it, status, statusSince: now, snoozedUntil: null }

export const closed = (it: Conversation, now: Date): Conversation => inStatus(it, 'closed', now)
export const reopened = (it: Conversation, now: Date): Conversation => inStatus(it, 'open', now)
export const waiting = (it: Conversation, now: Date): Conversation => inStatus(it, 'waiting', now)

/** Sleeps until then and comes back by itself, or sooner when the customer writes. */
export function snoozed(it: Conversation, until: Date, now: Date): Conversation {
  if (it.status === 'closed') throw new Refusal('conflict', 'conversation_closed', 'Reopen the conversation before snoozing it.')
  if (until <= now) throw new Refusal('invalid', 'snooze_in_past', 'Choose a time in the future.')
  return { ...it, status: 'snoozed', statusSince: it.status === 'snoozed' ? it.statusSince : now, snoozedUntil: until }
}

export function assigned(it: Conversation, ownerId: string | null): Conversation {
  return { ...it, ownerId }
}

/** Moved to a team, which decides who may see it. */
export function moved(it: Conversation, team: { id: string | null; audience: readonly string[] }): Conversation {
  return { ...it, teamId: team.id, audience: team.audience }
}

export function tagged(it: Conversation, tags: readonly string[]): Conversation {
  return { ...it, tags: [...new Set(tags.map((tag) => tag.trim()))].sort() }
}

/** Fields are set one by one: `null` removes, what is not named stays. */
export function withFields(it: Conversation, change: Record<string, unknown>): Conversation {
  const fields = Object.fromEntries(Object.entries({ ...it.fields, ...change }).filter(([, value]) => value !== null))
  if (Object.keys(fields).length > 100) throw new Refusal('invalid', 'too_many_fields', 'A conversation holds at most 100 fields.')
  return { ...it, fields }
}

export function renamed(it: Conversation, subject: string): Conversation {
  return { ...it, subject: subject.trim() }
}

/** A conversation that was merged away changes no more; whoever finds it is led to the survivor. */
export function refuseMerged(it: Conversation): void {
  if (it.mergedInto)
    throw new Refusal('conflict', 'conversation_merged', 'This conversation was merged into another one.', { into: it.mergedInto })
}
