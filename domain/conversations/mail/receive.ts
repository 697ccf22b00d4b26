import type { Received } from '../../../contract/mail.ts'
import type { Context } from '../../../kernel/context.ts'
import { permit } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { Answered } from '../../../kernel/route.ts'
import type { Steps } from '../../../kernel/transact.ts'
import {
  type Arrival,
  countTry,
  type InboundMessage,
  keepRaw,
  lockInbound,
  mailIdentity,
  nextTry,
  parseMail,
  postponeInbound,
  quarantine,
  refuseHidden,
  takenUp,
} from '../../channels/index.ts'
import { readFile } from '../../files/index.ts'
import { knownMail } from './known-mail.ts'
import { recordMail } from './record-mail.ts'
import { type Letter, understand } from './understand.ts'

/**
 * The one verb for mail, whichever way it came: keep it raw and commit, read it outside any transaction, then decide and
 * record. Whatever goes wrong after the first step, the mail is kept and tried again, and finally shown to a person.
 */
export async function receiveEmail(steps: Steps, arrival: Arrival): Promise<Answered<Received>> {
  permit(steps, 'mail.receive')
  const inbound = await steps.transact((ctx) => keepRaw(ctx, arrival))
  return recordInbound(steps, inbound, () => Promise.resolve(arrival.raw))
}

/** Tries once more to record a mail that was kept. Recorded meanwhile, it answers what became of it. */
export async function retryInbound(steps: Steps, inboundId: string): Promise<Answered<Received>> {
  const inbound = await steps.transact((ctx) => takeUp(ctx, inboundId))
  if (inbound === null) return new Answered(200, { outcome: 'quarantined', reason: 'failed' })
  return recordInbound(steps, inbound, () => steps.transact((ctx) => readFile(ctx, inbound.rawFile)))
}

// Counted and committed before a byte is read: what kills or hangs its reader would be taken up for ever. Null when given up.
async function takeUp(ctx: Context, inboundId: string): Promise<InboundMessage | null> {
  const inbound = await lockInbound(ctx.tx, inboundId)
  const counted = takenUp(inbound, ctx.now)
  if (counted === null) return inbound
  if (counted === 'given_up') {
    await quarantine(ctx, inboundId, { reason: 'failed', subject: null, failure: 'Unfinished' })
    return null
  }
  await countTry(ctx.tx, inboundId, counted)
  return { ...inbound, ...counted }
}

/** A person asks to try once more what lies in quarantine. */
export async function retryQuarantined(steps: Steps, inboundId: string): Promise<Answered<Received>> {
  permit(steps, 'quarantine.resolve')
  const { state } = await steps.transact(async (ctx) => {
    await refuseHidden(ctx, inboundId)
    return lockInbound(ctx.tx, inboundId)
  })
  if (state !== 'quarantined') throw new Refusal('conflict', 'not_quarantined', 'This mail is not in quarantine any more.')
  return retryInbound(steps, inboundId)
}

async function recordInbound(steps: Steps, inbound: InboundMessage, read: () => Promise<Uint8Array>): Promise<Answered<Received>> {
  let subject: string | null = null
  try {
    const raw = await read()
    const parsed = await parseMail(raw)
    if (!parsed.ok) return await setAside(steps, inbound, { raw, failure: parsed.reason })
    const { mail } = parsed
    subject = mail.subject
    const { id: instanceId, replyKeys } = steps.instance
    return await record(steps, inbound, understand({ mail, raw, inbound, instanceId, replyKeys }))
  } catch (error) {
    // Should this fail too, the mail is still safe, and due again by itself.
    await postpone(steps, inbound, { subject, error }).catch(() => undefined)
    return new Answered(201, { outcome: 'quarantined', reason: 'failed' })
  }
}

// Two mails that connect the same conversations can deadlock or lose a race; the database picks one, the other simply goes again.
async function record(steps: Steps, inbound: InboundMessage, letter: Letter, triesLeft = 3): Promise<Answered<Received>> {
  try {
    return await steps.transact((ctx) => recordMail(ctx, inbound, letter))
  } catch (error) {
    const lost = ['40P01', '40001', '23503', '23505'].includes((error as { code?: string }).code ?? '')
    if (!lost || triesLeft === 0) throw error
    return record(steps, inbound, letter, triesLeft - 1)
  }
}

// What is no mail has an identity too: handed in twice, or deleted before, it is not shown again.
async function setAside(steps: Steps, inbound: InboundMessage, { raw, failure }: { raw: Uint8Array; failure: string }) {
  return steps.transact(async (ctx) => {
    const known = await knownMail(ctx, inbound, mailIdentity(raw, null))
    if (known) return known
    await quarantine(ctx, inbound.id, { reason: 'unreadable', subject: null, failure })
    return new Answered<Received>(201, { outcome: 'quarantined', reason: 'unreadable' })
  })
}

async function postpone(steps: Steps, inbound: InboundMessage, { subject, error }: { subject: string | null; error: unknown }) {
  const failure = nameOf(error)
  const retryAt = inbound.state === 'quarantined' ? null : nextTry(inbound.attempts, steps.now())
  await steps.transact((ctx) =>
    retryAt === null
      ? quarantine(ctx, inbound.id, { reason: 'failed', subject, failure })
      : postponeInbound(ctx.tx, inbound.id, { retryAt, failure }),
  )
}

// The kind of failure only: a message may quote the mail.
const nameOf = (error: unknown): string => {
  const { name = 'Error', code } = error as { name?: string; code?: string }
  return code ? `${name} ${code}` : name
}
