import type { Received } from '../../../contract/mail.ts'
import type { Context } from '../../../kernel/context.ts'
import { Answered } from '../../../kernel/route.ts'
import { type Claim, eraseInbound, findFinished, finishInbound, type InboundMessage } from '../../channels/index.ts'
import { dropUnusedFiles } from '../../files/index.ts'
import { receivedView } from './received-view.ts'

/**
 * What is to be said of a mail that needs nothing more: it was recorded already, deleted for good, or came before. Null when
 * it is the first of its kind.
 */
export async function knownMail(
  ctx: Context,
  inbound: InboundMessage,
  { state, buried, first }: Claim,
): Promise<Answered<Received> | null> {
  if (state === 'processed') return asBefore(ctx, inbound.id)
  if (buried) return stayDeleted(ctx, inbound)
  return first === null || first === inbound.id ? null : duplicate(ctx, inbound, first)
}

async function duplicate(ctx: Context, inbound: InboundMessage, firstId: string): Promise<Answered<Received>> {
  const first = await findFinished(ctx.tx, firstId)
  const { conversationId = null, messageId = null } = first ?? {}
  await finishInbound(ctx.tx, inbound.id, {
    outcome: 'suppressed',
    reason: 'duplicate',
    conversationId,
    messageId,
    sender: null,
    subject: null,
  })
  if (inbound.state === 'quarantined') ctx.record('mail.released', { inboundId: inbound.id })
  return new Answered(200, {
    outcome: first?.outcome ?? 'suppressed',
    reason: 'duplicate',
    ...(await receivedView(ctx, { messageId, conversationId })),
  })
}

async function asBefore(ctx: Context, inboundId: string): Promise<Answered<Received>> {
  const { outcome = 'suppressed', reason = null, messageId = null, conversationId = null } = (await findFinished(ctx.tx, inboundId)) ?? {}
  return new Answered(200, { outcome, ...(reason ? { reason } : {}), ...(await receivedView(ctx, { messageId, conversationId })) })
}

// It was deleted for good: the copy that comes back goes the same way.
async function stayDeleted(ctx: Context, inbound: InboundMessage): Promise<Answered<Received>> {
  await dropUnusedFiles(ctx, await eraseInbound(ctx.tx, [inbound.id]))
  ctx.record('mail.deleted', { inboundId: inbound.id })
  return new Answered(201, { outcome: 'suppressed', reason: 'deleted' })
}
