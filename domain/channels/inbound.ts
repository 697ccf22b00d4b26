import type { OutcomeReason } from '../../contract/mail.ts'

/**
 * A mail as it arrives: the bytes, how, and what the envelope said. `historic` mail was imported: nobody waits for it, and
 * `receivedAt` is when the mailbox it comes from says it got it.
 */
export type Arrival = {
  raw: Uint8Array
  via: 'smtp' | 'api' | 'import' | 'imap'
  envelopeFrom: string | null
  envelopeTo: readonly string[]
  remoteAddress?: string | null
  historic?: boolean
  receivedAt?: Date | undefined
}

/** A mail we keep raw and what became of it so far. */
export type InboundMessage = {
  id: string
  via: Arrival['via']
  state: 'unprocessed' | 'processed' | 'quarantined'
  envelopeFrom: string | null
  envelopeTo: readonly string[]
  remoteAddress: string | null
  rawFile: string
  size: number
  historic: boolean
  receivedAt: Date
  /** How many tries were begun, whatever became of them. */
  attempts: number
  retryAt: Date | null
}

const minute = 60_000

/** When somebody else takes up a mail that was kept and not heard of again: whoever kept it must have died by then. */
export const firstTry = (now: Date): Date => new Date(now.getTime() + minute)

/** How long to wait before the next try, by the tries so far: 1, 4, 9, 16 minutes. After the fifth it is a person's turn. */
export const patience = 5
export function nextTry(attempts: number, now: Date): Date | null {
  return attempts >= patience ? null : new Date(now.getTime() + attempts * attempts * minute)
}

/**
 * What whoever takes up a mail writes down before reading it: a mail that kills its reader is counted too, and is a
 * person's after the fifth. Null when nothing is to be counted: somebody is at it right now, or a person asked.
 */
export function takenUp(mail: InboundMessage, now: Date): { attempts: number; retryAt: Date } | 'given_up' | null {
  if (mail.state !== 'unprocessed' || mail.retryAt === null || mail.retryAt > now) return null
  if (mail.attempts >= patience) return 'given_up'
  const attempts = mail.attempts + 1
  return { attempts, retryAt: nextTry(attempts, now) ?? firstTry(now) }
}

/** What is said of a mail a person has to look at. */
export const quarantineSentence: Partial<Record<OutcomeReason, string>> = {
  unreadable: 'These bytes are no mail we can read.',
  failed: 'Reading this mail failed again and again.',
}
