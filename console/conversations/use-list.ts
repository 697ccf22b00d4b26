import { useInfiniteQuery } from '@tanstack/react-query'
import { listConversations, View } from '../../contract/conversations.ts'
import { call, keyOf } from '../api.ts'
import type { ListPage, ListQuery } from '../live/apply.ts'
import type { InboxSearch } from './inbox-search.ts'

/** What the address asks the server for. */
export function queryOf(view: string, { team, sort, customer }: InboxSearch): ListQuery {
  const known = View.safeParse(view)
  return {
    // A team's view is what is open there, for members and for everyone else who may see it.
    view: view === 'team' ? 'open' : known.success ? known.data : 'all',
    ...(team ? { team } : {}),
    ...(customer ? { customer } : {}),
    ...(sort ? { sort } : {}),
  }
}

/** The conversations of a view, page by page. */
export function useList(query: ListQuery) {
  const list = useInfiniteQuery({
    queryKey: keyOf(listConversations, { query }),
    queryFn: ({ pageParam, signal }) =>
      call(listConversations, { query: { ...query, limit: 50, ...(pageParam ? { after: pageParam } : {}) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: ListPage) => page.next ?? undefined,
    staleTime: 60_000,
  })
  return { ...list, items: list.data?.pages.flatMap((page) => page.items) ?? [] }
}
