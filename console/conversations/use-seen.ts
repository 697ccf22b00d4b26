import { useDocumentVisibility } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import type { TimelineEntry } from '../../contract/timeline.ts'
import { useSeen } from './changes.ts'

/**
 * Marks the conversation as seen once it is really on screen. Answers which messages were new when it was opened: the
 * customer's words since we last said something, so that the mark stays while one reads.
 */
export function useSeenWhileOpen(conversation: ConversationView, entries: readonly TimelineEntry[]) {
  const visible = useDocumentVisibility() === 'visible'
  const seen = useSeen(conversation.id)
  const wasUnread = useRef(conversation.unread)
  const newest = entries.at(-1)?.id
  const { unread } = conversation
  // biome-ignore lint/correctness/useExhaustiveDependencies: `seen` is new on every render and always does the same
  useEffect(() => {
    if (!visible || !unread || !newest) return
    const timer = setTimeout(() => seen(true), 600)
    return () => clearTimeout(timer)
  }, [visible, unread, newest])
  const ours = entries.findLastIndex((it) => it.type === 'message' && it.direction !== 'in')
  const fresh = new Set(wasUnread.current ? entries.slice(ours + 1).map((it) => it.id) : [])
  return (entry: TimelineEntry) => entry.type === 'message' && entry.direction === 'in' && fresh.has(entry.id)
}
