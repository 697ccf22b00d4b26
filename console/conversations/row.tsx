import { Badge } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationItem } from '../../contract/conversations.ts'
import { PersonAvatar } from '../../ui/person-avatar.tsx'
import { Time } from '../../ui/time.tsx'
import { useMe } from '../shell/session.ts'
import type { InboxSearch } from './inbox-search.ts'
import css from './list.module.css'

type Props = { item: ConversationItem; view: string; search: InboxSearch; open: boolean }

/** One conversation: who and when, what about, the newest words, at most two marks. */
export const Row = memo(function Row({ item, view, search, open }: Props) {
  const { t } = useTranslation()
  const name = item.customer?.name || item.customer?.address || item.lastMessage?.from || t('list.unknown')
  return (
    <Link
      to="/inbox/$view/$conversationId"
      params={{ view, conversationId: item.id }}
      search={search}
      className={css.row}
      activeProps={{}}
      data-row={item.id}
      data-open={open || undefined}
      data-unread={item.unread || undefined}
      aria-current={open ? 'true' : undefined}
      preload={false}
    >
      {item.unread ? <span className={css.pip} role="img" aria-label={t('list.unread')} /> : <span className={css.pip} />}
      <span className={css.words}>
        <span className={css.line}>
          <span className={css.who} dir="auto">
            {name}
          </span>
          <Time className={css.when} at={item.lastMessage?.at ?? item.createdAt} />
        </span>
        <span className={css.line}>
          <span className={css.subject} dir="auto">
            {item.subject || t('list.noSubject')}
          </span>
        </span>
        <span className={css.line}>
          <Snippet item={item} />
          <Marks item={item} view={view} />
        </span>
      </span>
    </Link>
  )
})

function Snippet({ item }: { item: ConversationItem }) {
  const { t } = useTranslation()
  const words = item.lastMessage?.snippet || t('list.noWords')
  const told = item.lastMessage?.direction === 'internal' ? t('list.note', { words }) : words
  return (
    <span className={css.snippet} dir="auto">
      {told}
    </span>
  )
}

const colours = { waiting: 'warning', snoozed: 'info', closed: 'success', open: 'accent' } as const

/** State where the view does not already say it, and who has it where it is not mine. */
function Marks({ item, view }: { item: ConversationItem; view: string }) {
  const { t } = useTranslation()
  const me = useMe().person?.id
  const showsStatus = item.status !== 'open' && item.status !== view
  const showsOwner = item.owner && item.owner.id !== me && view !== 'mine'
  const tag = showsOwner || showsStatus ? undefined : item.tags[0]
  return (
    <span className={css.marks}>
      {tag && (
        <Badge color="ink" maw={96}>
          {tag}
        </Badge>
      )}
      {showsStatus && <Badge color={colours[item.status]}>{t(`status.${item.status}`)}</Badge>}
      {showsOwner && item.owner && (
        <span title={item.owner.name}>
          <PersonAvatar name={item.owner.name} side={item.owner.organisation ? 'partner' : 'colleague'} size="sm" />
        </span>
      )}
    </span>
  )
}
