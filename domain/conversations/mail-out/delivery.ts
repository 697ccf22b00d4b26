import { Refusal } from '../../../kernel/refusal.ts'

export type Recipient = { address: string; state: 'waiting' | 'accepted' | 'refused' | 'delivered' | 'bounced'; said: string | null }

/** How a mail of ours stands: with each recipient, when it is tried next, and how often it was since it was queued. */
export type Delivery = {
  state: 'queued' | 'sent' | 'delivered' | 'bounced' | 'failed'
  dueAt: Date | null
  tries: number
  recipients: readonly Recipient[]
}

/** What a try led to: who was taken, who was refused, and whether asking again is of any use. */
export type Result = { accepted: readonly string[]; refused: readonly { address: string; said: string; forGood: boolean }[] }

const minute = 60_000

/** How long until the next try, by the tries before it. When these are used up, it is a person's turn. */
const pauses = [1, 5, 30, 120, 360, 720, 1440].map((minutes) => minutes * minute)

/** How long a reply may be taken back before it goes out. */
const undoFor = 10_000

/** When a reply goes out: after the time to take it back, or later if asked. A date in the past would be a lie in its header. */
export function sendingTime(asked: string | undefined, now: Date): Date {
  return asked === undefined ? new Date(now.getTime() + undoFor) : new Date(Math.max(Date.parse(asked), now.getTime()))
}

/** How a mail stands after a try. Only those who were not reached yet are tried again. */
export function tried(it: Delivery, { accepted, refused }: Result, now: Date): Delivery {
  const pause = pauses[it.tries]
  const recipients = it.recipients.map((one): Recipient => {
    if (one.state !== 'waiting') return one
    if (accepted.includes(one.address)) return { ...one, state: 'accepted', said: null }
    const no = refused.find(({ address }) => address === one.address)
    return { ...one, state: no?.forGood || pause === undefined ? 'refused' : 'waiting', said: no?.said ?? one.said }
  })
  return standing({ ...it, tries: it.tries + 1, recipients }, new Date(now.getTime() + (pause ?? 0)))
}

/** A person says: again, now. Those it did not reach are tried anew. */
export function retried(it: Delivery, now: Date): Delivery {
  const missed = it.recipients.some(({ state }) => state === 'refused' || state === 'bounced')
  if (!missed && it.tries === 0)
    throw new Refusal('conflict', 'nothing_to_retry', 'This message is on its way. There is nothing to send again.')
  if (!missed && it.state !== 'queued')
    throw new Refusal('conflict', 'nothing_to_retry', 'This message went out. There is nothing to send again.')
  const recipients = it.recipients.map(
    (one): Recipient => (one.state === 'refused' || one.state === 'bounced' ? { ...one, state: 'waiting' } : one),
  )
  return standing({ ...it, tries: 0, recipients }, now)
}

/** What a mail server reports of a recipient, as RFC 3464 names it. */
export type Report = { address: string; action: string; status: string; diagnostic: string }

/** How a mail stands after a report. One that says nothing new changes nothing. */
export function reported(it: Delivery, reports: readonly Report[]): Delivery {
  const recipients = it.recipients.map((one): Recipient => {
    const about = reportOn(one, it, reports)
    if (one.state === 'accepted' || one.state === 'delivered') {
      if (about?.action === 'failed') return { ...one, state: 'bounced', said: wordsOf(about) }
      if (about?.action === 'delivered') return { ...one, state: 'delivered' }
    }
    return one
  })
  const changed = recipients.some((one, at) => one.state !== it.recipients[at]?.state)
  return changed ? standing({ ...it, recipients }, it.dueAt) : it
}

// Behind a forwarding the report names another address: of a single recipient it can only mean that one.
function reportOn({ address }: Recipient, it: Delivery, reports: readonly Report[]): Report | undefined {
  const named = reports.find((report) => report.address.toLowerCase() === address.toLowerCase())
  return named ?? (it.recipients.length === 1 && reports.length === 1 ? reports[0] : undefined)
}

const wordsOf = ({ status, diagnostic }: Report) =>
  [diagnostic.includes(status) ? '' : status, diagnostic].filter(Boolean).join(' ') || 'failed'

/** What all recipients together amount to. */
function standing(it: Delivery, nextTry: Date | null): Delivery {
  const some = (state: Recipient['state']) => it.recipients.some((one) => one.state === state)
  if (some('waiting')) return { ...it, state: 'queued', dueAt: nextTry }
  const delivered = it.recipients.every(({ state }) => state === 'delivered')
  const state = some('bounced') ? 'bounced' : some('refused') ? 'failed' : delivered ? 'delivered' : 'sent'
  return { ...it, state, dueAt: null }
}
