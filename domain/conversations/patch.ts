import type { z } from 'zod'
import type { ConversationId, ConversationView, changeConversation as endpoint } from '../../contract/conversations.ts'
import type { Context } from '../../kernel/context.ts'
import { permit } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assignConversation, moveConversation } from './assign.ts'
import { classifyConversation, describeConversation, renameConversation, tagConversation } from './describe.ts'
import { showConversation } from './screens/conversation-page.ts'
import { closeConversation, letConversationWait, reopenConversation, snoozeConversation } from './status.ts'
import { lockConversation } from './store.ts'

type Change = z.output<typeof endpoint.body>

/** A PATCH names several wishes; each is its own verb with its own event, in this order, in one transaction. */
export async function changeConversation(ctx: Context, id: ConversationId, it: Change): Promise<ConversationView> {
  permit(ctx, 'conversation.update')
  await lockConversation(ctx, id)
  if (it.subject !== undefined) await renameConversation(ctx, id, it.subject)
  if (it.tags !== undefined) await tagConversation(ctx, id, it.tags)
  if (it.fields !== undefined) await describeConversation(ctx, id, it.fields)
  if (it.purpose !== undefined) await classifyConversation(ctx, id, { purpose: it.purpose })
  if (it.kind !== undefined) await classifyConversation(ctx, id, { kind: it.kind })
  if (it.owner !== undefined) await assignConversation(ctx, id, it.owner)
  if (it.status !== undefined) await changeStatus(ctx, id, it)
  if (it.team !== undefined) await moveConversation(ctx, id, it.team)
  return showConversation(ctx, id)
}

function changeStatus(ctx: Context, id: ConversationId, { status, until }: Change): Promise<unknown> {
  switch (status) {
    case 'closed':
      return closeConversation(ctx, id)
    case 'waiting':
      return letConversationWait(ctx, id)
    case 'snoozed':
      if (until === undefined) throw new Refusal('invalid', 'until_missing', 'Say until when it should sleep.')
      return snoozeConversation(ctx, id, new Date(until))
    default:
      return reopenConversation(ctx, id)
  }
}
