import type { ConversationId } from '../../contract/conversations.ts'
import type { Job } from '../../kernel/job.ts'
import { listUnprocessed } from '../channels/index.ts'
import { authenticateMessage, listToAuthenticate } from './mail/authenticate.ts'
import { retryInbound } from './mail/receive.ts'
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

export const jobs = [wake, retry, authenticate]
