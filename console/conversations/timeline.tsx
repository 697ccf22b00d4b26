import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationView } from '../../contract/conversations.ts'
import type { TimelineEntry } from '../../contract/timeline.ts'
import { LoadingRows } from '../../ui/loading-rows.tsx'
import { Thread } from '../../ui/thread.tsx'
import { CouldNotLoad } from '../shell/failure.tsx'
import { useMe } from '../shell/session.ts'
import { Happened } from './happened.tsx'
import { Message } from './message.tsx'
import { useUnsent } from './outbox.ts'
import css from './timeline.module.css'
import { UnsentNote } from './unsent-note.tsx'
import { useReadingPlace } from './use-reading-place.ts'
import { useSeenWhileOpen } from './use-seen.ts'
import { useTimeline } from './use-timeline.ts'

/** Everything said and done, oldest first, on the thread. */
export function Timeline({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation()
  const { entries, isPending, isError, error, refetch, hasNextPage, fetchNextPage } = useTimeline(conversation.id)
  const unreadAtOpening = useSeenWhileOpen(conversation, entries)
  const scroll = useRef<HTMLDivElement>(null)
  const known = useKnown(entries)
  const unsent = useUnsent(useMe().person?.id ?? '').filter((it) => it.conversationId === conversation.id)
  useReadingPlace(scroll, { entries, written: unsent.length })
  return (
    <div ref={scroll} className={css.flow} tabIndex={-1}>
      {isError && entries.length === 0 && <CouldNotLoad error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingRows label={t('say.loading')} rows={4} />}
      {entries.length > 0 && (
        <Thread label={t('conversation.timeline')}>
          {entries.map((entry) =>
            entry.type === 'event' ? (
              <Happened key={entry.id} event={entry} />
            ) : (
              <Message
                key={entry.id}
                message={entry}
                conversation={conversation}
                fresh={known !== null && !known.has(entry.id)}
                unread={unreadAtOpening(entry)}
              />
            ),
          )}
          {unsent.map((note) => (
            <UnsentNote key={note.key} note={note} />
          ))}
        </Thread>
      )}
      {hasNextPage && (
        <Button variant="subtle" onClick={() => void fetchNextPage()} className={css.more!}>
          {t('say.showMore')}
        </Button>
      )}
      <Spoken entries={entries} known={known} />
    </div>
  )
}

/** The entries that were there when the conversation was opened; null until then. What comes later is drawn. */
function useKnown(entries: readonly TimelineEntry[]): ReadonlySet<string> | null {
  const known = useRef<ReadonlySet<string> | null>(null)
  const first = known.current
  useEffect(() => {
    if (known.current === null && entries.length > 0) known.current = new Set(entries.map((it) => it.id))
  }, [entries])
  return first
}

/** Says new messages to those who do not see them arrive. */
function Spoken({ entries, known }: { entries: readonly TimelineEntry[]; known: ReadonlySet<string> | null }) {
  const { t } = useTranslation()
  const newest = entries.findLast((it) => it.type === 'message')
  const fresh = known && newest && !known.has(newest.id) && newest.type === 'message' ? newest : null
  return (
    <p role="status" className={css.spoken}>
      {fresh && t('conversation.newMessage', { name: fresh.author.name })}
    </p>
  )
}
