import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { readTimeline } from '../../contract/conversations.ts'
import type { MessageView, TimelineEntry } from '../../contract/timeline.ts'
import { keyOf } from '../api.ts'

type Page = { items: TimelineEntry[]; next: string | null }
type Pages = InfiniteData<Page, string | undefined>

const keyFor = (conversationId: string) => keyOf(readTimeline, { params: { conversationId } })

/** A message in its place, or as it stands now, before the timeline is asked again. */
export function placeMessage(client: QueryClient, conversationId: string, message: MessageView) {
  client.setQueryData<Pages>(keyFor(conversationId), (data) => {
    const last = data?.pages.at(-1)
    if (!data || !last) return data
    const held = data.pages.some((page) => page.items.some((it) => it.id === message.id))
    if (held) return onEach(data, (items) => items.map((it) => (it.id === message.id ? message : it)))
    if (last.next) return data
    return { ...data, pages: data.pages.with(-1, { ...last, items: [...last.items, message] }) }
  })
}

/** Takes a message that is no more off the timeline. */
export function dropMessage(client: QueryClient, conversationId: string, id: string) {
  client.setQueryData<Pages>(keyFor(conversationId), (data) => data && onEach(data, (items) => items.filter((it) => it.id !== id)))
}

const onEach = (data: Pages, to: (items: TimelineEntry[]) => TimelineEntry[]): Pages => ({
  ...data,
  pages: data.pages.map((page): Page => ({ ...page, items: to(page.items) })),
})
