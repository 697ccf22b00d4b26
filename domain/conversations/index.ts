import type { Module } from '../../kernel/module.ts'
import { jobs } from './jobs.ts'
import { reactions } from './reactions.ts'
import { routes } from './routes.ts'
import { liveConversations } from './screens/inbox.ts'

export const conversations: Module = {
  name: 'conversations',
  routes,
  reactions,
  jobs,
  live: [{ subject: 'conversation', views: liveConversations }],
}

export { receiveEmail } from './mail/receive.ts'
