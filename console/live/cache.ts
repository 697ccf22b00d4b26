import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import {
  type ConversationView,
  countConversations,
  getConversation,
  listConversations,
  readTimeline,
} from '../../contract/conversations.ts'
import type { Frame } from '../../contract/stream.ts'
import { keyOf } from '../api.ts'
import { apply, type ListPage, type ListQuery, type LiveState } from './apply.ts'

type Pages = InfiniteData<ListPage, string | undefined>

/** Applies a frame to everything cached and refetches what a frame cannot tell. */
export function receive(client: QueryClient, viewer: LiveState['viewer'], frame: Frame) {
  if (frame.name === 'reset') return later(() => client.invalidateQueries())
  if (frame.name === 'stale') return later(() => refetch(client, frame.data.kind))
  if (frame.name === 'fact') return later(() => refetch(client, frame.data.subject.kind))
  if (frame.name === 'view' || frame.name === 'gone') {
    if (frame.data.kind !== 'conversation') return later(() => refetch(client, frame.data.kind))
    change(client, viewer, (state) => apply(state, frame))
    void client.invalidateQueries({ queryKey: keyOf(readTimeline, { params: { conversationId: frame.data.id } }).slice(0, 2) })
    if (frame.name === 'gone' || frame.data.names.some((it) => moves.has(it))) recount(client)
  }
}

/** Changes the cached lists and conversations in one go; returns how to put them back as they were. */
export function change(client: QueryClient, viewer: LiveState['viewer'], to: (state: LiveState) => LiveState): () => void {
  const lists = client.getQueriesData<Pages>({ queryKey: keyOf(listConversations) }).filter(([, data]) => data?.pages)
  const opened = client.getQueriesData<ConversationView>({ queryKey: keyOf(getConversation) }).filter(([, data]) => data)
  const before: LiveState = {
    viewer,
    lists: lists.map(([key, data]) => ({ query: key[2] as ListQuery, pages: data!.pages })),
    conversations: Object.fromEntries(opened.map(([, data]) => [data!.id, data!])),
  }
  const after = to(before)
  lists.forEach(([key, data], index) => {
    const list = after.lists[index]!
    if (list !== before.lists[index]) client.setQueryData<Pages>(key, { ...data!, pages: [...list.pages] })
  })
  for (const [key, data] of opened) {
    const conversation = after.conversations[data!.id]
    if (conversation !== data) client.setQueryData(key, conversation ?? null)
  }
  return () => {
    for (const [key, data] of [...lists, ...opened]) client.setQueryData(key, data)
  }
}

const moves = new Set([
  'conversation.started',
  'conversation.closed',
  'conversation.reopened',
  'conversation.waiting',
  'conversation.snoozed',
  'conversation.woke',
  'conversation.assigned',
  'conversation.moved',
  'conversation.joined',
])

const families: Partial<Record<string, string[]>> = {
  conversation: ['/conversations'],
  customer: ['/customers'],
  person: ['/people', '/me'],
  team: ['/teams', '/me'],
  organisation: ['/organisations'],
  channel: ['/channels'],
  inbound_message: ['/quarantine'],
  api_key: ['/api-keys'],
}

function refetch(client: QueryClient, kind: string) {
  const roots = families[kind] ?? []
  return client.invalidateQueries({ predicate: ({ queryKey }) => roots.some((it) => String(queryKey[0]).startsWith(it)) })
}

// A thousand consoles hear the same news: they must not all ask in the same moment.
const later = (work: () => void) => setTimeout(work, Math.random() * 500)

let recounting = false
function recount(client: QueryClient) {
  if (recounting) return
  recounting = true
  setTimeout(
    () => {
      recounting = false
      void client.invalidateQueries({ queryKey: keyOf(countConversations) })
    },
    400 + Math.random() * 1_200,
  )
}
