import type { Status } from '../../contract/conversations.ts'
import type { OutcomeReason } from '../../contract/mail.ts'

/** What kind of mail it is, as far as its own headers and our memory say. */
export type MailKind = 'auto_reply' | 'vacation' | 'bounce' | 'delayed' | 'list' | 'bulk' | 'system' | 'loop' | 'rate' | null

/** Machines answering machines: kept and linked, but nothing wakes up for them. */
const answersOfMachines = new Set<MailKind>(['auto_reply', 'vacation', 'bounce', 'delayed', 'loop', 'rate'])

export const suppressed = (kind: MailKind): boolean => answersOfMachines.has(kind)

const oldMail = 30 * 24 * 3600_000

/** In which state a mail's new conversation starts: machines' answers and old imported mail wait for nobody. */
export function startingStatus(mail: { kind: MailKind; historic: boolean; at: Date }, now: Date): Status {
  if (suppressed(mail.kind)) return 'closed'
  return mail.historic && now.getTime() - mail.at.getTime() > oldMail ? 'closed' : 'open'
}

/** Whether a mail brings its conversation back to the open ones. */
export function reopens(mail: { kind: MailKind; historic: boolean }, status: Status): boolean {
  return status !== 'open' && !mail.historic && !suppressed(mail.kind)
}

/** The sender and how they stand to a conversation. */
export type Sender = { isParticipant: boolean; isColleague: boolean; historic: boolean }

/** A sender is a customer's voice when they take part already or the mail starts a conversation; otherwise a stranger until a person says so. */
export function voiceOf(sender: Sender, starts: boolean): { kind: 'customer' | 'stranger'; marks: OutcomeReason[] } {
  const marks: OutcomeReason[] = sender.isColleague && !sender.historic ? ['unproven_colleague'] : []
  if (starts || sender.historic) return { kind: 'customer', marks }
  if (sender.isColleague || !sender.isParticipant) return { kind: 'stranger', marks: sender.isColleague ? marks : ['stranger'] }
  return { kind: 'customer', marks }
}

/** The loop guard: how many mails of one sender with one subject within ten minutes are a person's, and what comes after is a machine's. */
export const loopWindow = 10 * 60_000
export const loopPatience = 5
export const looping = (mailsBefore: number): boolean => mailsBefore >= loopPatience
