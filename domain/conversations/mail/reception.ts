import type { Status } from '../../../contract/conversations.ts'
import type { OutcomeReason } from '../../../contract/mail.ts'
import type { Lately } from '../../channels/index.ts'

/** What kind of mail it is, as far as its own headers and our memory say. */
export type MailKind = 'auto_reply' | 'vacation' | 'bounce' | 'delayed' | 'delivered' | 'list' | 'bulk' | 'system' | 'loop' | 'rate' | null

/** Machines answering machines: kept and linked, but nothing wakes up for them. */
export const answersOfMachines: readonly MailKind[] = ['auto_reply', 'vacation', 'bounce', 'delayed', 'delivered', 'loop', 'rate']

export const suppressed = (kind: MailKind): boolean => answersOfMachines.includes(kind)

const oldMail = 30 * 24 * 3600_000
const recent = (at: Date, now: Date) => now.getTime() - at.getTime() <= oldMail

/** In which state a mail's new conversation starts: machines' answers and old imported mail wait for nobody. */
export function startingStatus(mail: { kind: MailKind; historic: boolean; at: Date }, now: Date): Status {
  if (suppressed(mail.kind)) return 'closed'
  return mail.historic && !recent(mail.at, now) ? 'closed' : 'open'
}

type Waking = { kind: MailKind; historic: boolean; at: Date }

/**
 * Whether a mail brings its conversation back to the open ones. Imported mail does so only among imported mail and when it
 * is recent, so that an imported thread ends up in the same state whichever of its mails came first.
 */
export function reopens(mail: Waking, into: { status: Status; historic: boolean }, now: Date): boolean {
  if (into.status === 'open' || suppressed(mail.kind)) return false
  return !mail.historic || (into.historic && into.status === 'closed' && recent(mail.at, now))
}

/**
 * The sender and how they stand to a conversation. `isOurs`: a colleague's address, or one of our own channels'. `typed`:
 * only a number in the subject led here.
 */
export type Sender = { kind: MailKind; isParticipant: boolean; isOurs: boolean; historic: boolean; typed?: boolean }

type Voice = { kind: 'customer' | 'stranger' | 'person' | 'system'; marks: OutcomeReason[] }

/**
 * Whose voice a mail is. Taking part already, or starting a conversation, it is a customer's; otherwise a stranger's until a
 * person says so. Numbers can be guessed and senders forged: both together are a customer's voice that is not proven. Reports of mail servers are nobody's. An address of ours proves nothing in mail that arrives; in mail an administrator imports it is us.
 */
export function voiceOf({ kind, isParticipant, isOurs, historic, typed }: Sender, starts: boolean): Voice {
  if (kind === 'bounce' || kind === 'delayed' || kind === 'delivered') return { kind: 'system', marks: [] }
  if (historic) return { kind: isOurs ? 'person' : 'customer', marks: [] }
  const marks: OutcomeReason[] = isOurs ? ['unproven_colleague'] : []
  if (starts) return { kind: 'customer', marks }
  if (isOurs) return { kind: 'stranger', marks }
  if (!isParticipant) return { kind: 'stranger', marks: ['stranger'] }
  return { kind: 'customer', marks: typed ? ['unproven_sender'] : [] }
}

/** The loop guard looks ten minutes back. */
export const loopWindow = 10 * 60_000

/** So many mails of one sender are a person's, the next is a machine's: the very same words, or answers of a machine; and the same subject. */
const patience = { same: 5, alike: 20 }

/** With fewer mails before it, nothing is a repetition. */
export const fewestInLoop = Math.min(patience.same, patience.alike)

// Subjects as they are without "Re:" and the like: what answers have in common.
type Sent = { kind: MailKind; subject: string; bodyHash: string; isThreaded: boolean; sentAt: Date | null }

/** A mail that came lately, and when it says it was written. */
export type Before = Lately & { sentAt: Date | null }

/**
 * The mails that one more repeats, when there are too many of them; else none. In a thread only the very same words count:
 * people answer several times under one subject. Mails written far apart that only arrive together, as when a mailbox is
 * handed in or a server was down, repeat nothing.
 */
export function looping(mail: Sent, before: readonly Before[]): readonly Before[] {
  const lately = before.filter((it) => together(it.sentAt, mail.sentAt))
  const same = lately.filter((it) => it.bodyHash === mail.bodyHash)
  if (same.length >= patience.same) return same
  if (mail.isThreaded) return []
  const machines = suppressed(mail.kind) ? lately.filter((it) => suppressed(it.reason as MailKind)) : []
  if (machines.length >= patience.same) return machines
  const alike = lately.filter((it) => it.subject === mail.subject)
  return alike.length >= patience.alike ? alike : []
}

const together = (a: Date | null, b: Date | null) => a === null || b === null || Math.abs(a.getTime() - b.getTime()) <= loopWindow
