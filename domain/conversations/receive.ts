import type { OutcomeReason, Received } from '../../contract/mail.ts'
import { permit } from '../../kernel/permission.ts'
import { Answered } from '../../kernel/route.ts'
import type { Steps } from '../../kernel/transact.ts'
import {
  type Arrival,
  type InboundMessage,
  keepRaw,
  lockInbound,
  nextTry,
  parseMail,
  postponeInbound,
  quarantine,
} from '../channels/index.ts'
import { readFile } from '../files/index.ts'
import { recordMail } from './record-mail.ts'
import { type Letter, understand } from './understand.ts'

/**
 * The one verb for mail, whichever way it came: keep it raw and commit, read it outside any transaction, then decide and
 * record. Whatever goes wrong after the first step, the mail is kept and tried again, and finally shown to a person.
 */
export async function receiveEmail(steps: Steps, arrival: Arrival): Promise<Answered<Received>> {
  permit(steps, 'mail.receive')
  const inbound = await steps.transact((ctx) => keepRaw(ctx, arrival))
  return recordInbound(steps, inbound, arrival.raw)
}

/** Tries once more to record a mail that was kept. Done already, it answers what became of it. */
export async function retryInbound(steps: Steps, inboundId: string): Promise<Answered<Received>> {
  const { inbound, raw } = await steps.transact(async (ctx) => {
    const kept = await lockInbound(ctx.tx, inboundId)
    return { inbound: kept, raw: await readFile(ctx, kept.rawFile) }
  })
  return recordInbound(steps, inbound, raw)
}

async function recordInbound(steps: Steps, inbound: InboundMessage, raw: Uint8Array): Promise<Answered<Received>> {
  const read = await parseMail(raw)
  if (!read.ok) return setAside(steps, inbound, { reason: 'unreadable', subject: null, failure: read.reason })
  try {
    const { id: instanceId, replyKeys } = steps.instance
    const letter = understand({ mail: read.mail, raw, inbound, instanceId, replyKeys })
    return await record(steps, inbound, letter)
  } catch (error) {
    return postpone(steps, inbound, { subject: read.mail.subject, error })
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

type Why = { reason: OutcomeReason; subject: string | null; failure: string | null }

async function setAside(steps: Steps, inbound: InboundMessage, why: Why): Promise<Answered<Received>> {
  await steps.transact((ctx) => quarantine(ctx, inbound.id, why))
  return new Answered(201, { outcome: 'quarantined', reason: why.reason })
}

async function postpone(
  steps: Steps,
  inbound: InboundMessage,
  { subject, error }: { subject: string; error: unknown },
): Promise<Answered<Received>> {
  const failure = nameOf(error)
  const attempts = inbound.attempts + 1
  const retryAt = inbound.state === 'quarantined' ? null : nextTry(attempts, steps.now())
  if (retryAt === null) return setAside(steps, inbound, { reason: 'failed', subject, failure })
  await steps.transact((ctx) => postponeInbound(ctx.tx, inbound.id, { attempts, retryAt, failure }))
  return new Answered(201, { outcome: 'quarantined', reason: 'failed' })
}

// The kind of failure only: a message may quote the mail.
const nameOf = (error: unknown): string => {
  const { name = 'Error', code } = error as { name?: string; code?: string }
  return code ? `${name} ${code}` : name
}
