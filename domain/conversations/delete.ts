import type { ConversationId } from '../../contract/conversations.ts'
import type { CustomerId } from '../../contract/customers.ts'
import type { Context } from '../../kernel/context.ts'
import { permit } from '../../kernel/permission.ts'
import { bury, eraseInbound, identitiesOf, listInboundOf, listInboundOfMessages } from '../channels/index.ts'
import { eraseCustomer, lockCustomer } from '../customers/index.ts'
import { dropUnusedFiles } from '../files/index.ts'
import { refuseMerged } from './conversation.ts'
import { insertRemovals } from './mail-out/outbox-store.ts'
import { eraseMessages, listFilesOf, listFilesOfMessages, listSaidElsewhere } from './message-store.ts'
import { refuseUnseenCustomer } from './screens/customer-page.ts'
import { eraseConversations, forgetParticipant, listConversationsOf, listMergedInto, lockConversation, refreshNewest } from './store.ts'

/** Deletes a conversation for good: what was said, raw mail, files, and the traces in the log. It stays deleted. */
export async function deleteConversation(ctx: Context, id: ConversationId): Promise<void> {
  permit(ctx, 'conversation.delete')
  refuseMerged(await lockConversation(ctx, id))
  await erase(ctx, [id, ...(await listMergedInto(ctx.tx, id))])
}

/** Deletes a customer for good, with every conversation they had and every word they said in those of others. */
export async function deleteCustomer(ctx: Context, id: CustomerId): Promise<void> {
  permit(ctx, 'customer.delete')
  await refuseUnseenCustomer(ctx, id)
  await lockCustomer(ctx.tx, id)
  await erase(ctx, await listConversationsOf(ctx.tx, id))
  for (const said of await listSaidElsewhere(ctx.tx, id)) await eraseSaid(ctx, said)
  await forgetParticipant(ctx.tx, id)
  await eraseCustomer(ctx.tx, id)
  await bury(ctx.tx, 'customer', [id], ctx.now)
  ctx.record('customer.erased', { customerId: id })
}

async function erase(ctx: Context, ids: readonly ConversationId[]): Promise<void> {
  if (ids.length === 0) return
  const inbound = await listInboundOf(ctx.tx, ids)
  const files = await listFilesOf(ctx.tx, ids)
  await bury(ctx.tx, 'mail', await identitiesOf(ctx.tx, inbound), ctx.now)
  await bury(ctx.tx, 'conversation', ids, ctx.now)
  await insertRemovals(ctx.tx, ids, ctx.now)
  await eraseConversations(ctx.tx, ids)
  await dropUnusedFiles(ctx, [...files, ...(await eraseInbound(ctx.tx, inbound))])
  for (const conversationId of ids) ctx.record('conversation.erased', { conversationId })
}

async function eraseSaid(ctx: Context, { conversationId, messageIds }: { conversationId: ConversationId; messageIds: readonly string[] }) {
  const inbound = await listInboundOfMessages(ctx.tx, conversationId, messageIds)
  const files = await listFilesOfMessages(ctx.tx, messageIds)
  await bury(ctx.tx, 'mail', await identitiesOf(ctx.tx, inbound), ctx.now)
  await eraseMessages(ctx.tx, messageIds)
  await dropUnusedFiles(ctx, [...files, ...(await eraseInbound(ctx.tx, inbound))])
  await refreshNewest(ctx.tx, conversationId, ctx.now)
  for (const messageId of messageIds) ctx.record('message.erased', { conversationId, messageId })
}
