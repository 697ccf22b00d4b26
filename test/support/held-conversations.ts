import { apply, type ListPage, type ListQuery, type LiveState } from '../../console/live/apply.ts'
import type { ConversationView } from '../../contract/conversations.ts'
import type { Get, Held } from './parity.ts'

type Shown = { viewer: LiveState['viewer']; lists: readonly ListQuery[]; opened: readonly string[] }

/** The console's lists and opened conversations, for `verifyLive`: fetched from the API, changed by the console's own `apply`. */
export function heldConversations({ viewer, lists, opened }: Shown): Held<LiveState> {
  return {
    kinds: ['conversation'],
    fetch: async (get) => ({
      viewer,
      lists: await Promise.all(lists.map(async (query) => ({ query, pages: [await get<ListPage>(pathOf(query))] }))),
      conversations: await openedOf(get, opened),
    }),
    apply: (state, frame) => (frame.name === 'view' || frame.name === 'gone' ? apply(state, frame) : state),
  }
}

const pathOf = (query: ListQuery) =>
  `/api/v1/conversations?${new URLSearchParams(Object.entries({ limit: '100', ...query }).map(([name, value]) => [name, String(value)]))}`

async function openedOf(get: Get, ids: readonly string[]): Promise<Record<string, ConversationView>> {
  const found = await Promise.all(ids.map((id) => get<ConversationView>(`/api/v1/conversations/${id}`).catch(() => null)))
  return Object.fromEntries(found.flatMap((it) => (it ? [[it.id, it]] : [])))
}
