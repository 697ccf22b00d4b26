import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { readTimeline } from '../../contract/conversations.ts'
import type { TimelineEntry } from '../../contract/timeline.ts'
import { call, keyOf } from '../api.ts'

/** What happened in a conversation, page by page from the beginning, until all that is short enough is there. */
export function useTimeline(conversationId: string) {
  const timeline = useLoadedTimeline(conversationId)
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = timeline
  // The newest words stand on the last page: long conversations are read through to them, endless ones on request.
  const onward = hasNextPage && !isFetchingNextPage && (data?.pages.length ?? 0) < 5
  useEffect(() => {
    if (onward) void fetchNextPage()
  }, [onward, fetchNextPage])
  return timeline
}

/** As much of it as is on screen, for those beside the timeline. */
export function useLoadedTimeline(conversationId: string) {
  const timeline = useInfiniteQuery({
    queryKey: keyOf(readTimeline, { params: { conversationId } }),
    queryFn: ({ pageParam, signal }) =>
      call(readTimeline, { params: { conversationId }, query: { limit: 200, ...(pageParam ? { after: pageParam } : {}) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const { data } = timeline
  return { ...timeline, entries: useMemo(() => inTelling(data?.pages.flatMap((page) => page.items) ?? []), [data]) }
}

// The log knows of a beginning only after the first words were written down; a reader wants it before them.
function inTelling(entries: TimelineEntry[]): TimelineEntry[] {
  const at = entries.findIndex((it) => it.type === 'event' && it.name === 'conversation.started')
  return at > 0 && at < 4 ? [entries[at]!, ...entries.toSpliced(at, 1)] : entries
}
