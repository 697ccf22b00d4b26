import type { ConversationId } from '../../contract/conversations.ts'
import type { Job } from '../../kernel/job.ts'
import { listUnprocessed } from '../channels/index.ts'
import { authenticateMessage, listToAuthenticate } from './mail/authenticate.ts'
import { retryInbound } from './mail/receive.ts'
import { deleteRemoval, listDueMail, listRemovals } from './mail-out/outbox-store.ts'
import { sendMail } from './mail-out/send.ts'
import { wakeConversation } from './status.ts'
import { listConversationsToWake } from './store.ts'

const wake: Job = {
  name: 'conversations.wake',
  attempts: 10,
  due: (steps, limit) => steps.transact((ctx) => listConversationsToWake(ctx.tx, ctx.now, limit)),
  run: async (steps, id) => {
    await steps.transact((ctx) => wakeConversation(ctx, id as ConversationId))
  },
}

/** Mail that was kept but not recorded, because something failed or the process was killed in between. */
const retry: Job = {
  name: 'conversations.retry_mail',
  attempts: 1,
  due: (steps, limit) => steps.transact((ctx) => listUnprocessed(ctx.tx, ctx.now, limit)),
  run: async (steps, id) => {
    await retryInbound(steps, id)
  },
}

const authenticate: Job = {
  name: 'conversations.authenticate',
  attempts: 3,
  due: (steps, limit) => steps.transact((ctx) => listToAuthenticate(ctx.tx, limit)),
  run: (steps, id) => authenticateMessage(steps, id),
}

const send: Job = {
  name: 'conversations.send_mail',
  attempts: 1,
  every: 2000,
  due: (steps, limit) => steps.transact((ctx) => listDueMail(ctx.tx, ctx.now, limit)),
  run: (steps, id) => sendMail(steps, id),
}

/** What was written to the outbox folder and is deleted for good. */
const removeWritten: Job = {
  name: 'conversations.remove_written',
  attempts: 10,
  after: ['conversation.erased'],
  due: (steps, limit) => steps.transact((ctx) => listRemovals(ctx.tx, limit)),
  run: async (steps, id) => {
    await steps.instance.mailOut.remove(id)
    await steps.transact((ctx) => deleteRemoval(ctx.tx, id))
  },
}

export const jobs = [wake, retry, authenticate, send, removeWritten]
