import { Button, Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ConversationView, getConversation } from '../../contract/conversations.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LoadingRows } from '../../ui/loading-rows.tsx'
import { ApiError, ask } from '../api.ts'
import { CouldNotLoad } from '../shell/failure.tsx'
import { useTitle } from '../shell/use-title.ts'
import { Composer } from './composer.tsx'
import css from './conversation.module.css'
import { CustomerPanel } from './customer-panel.tsx'
import { Head } from './head.tsx'
import { Timeline } from './timeline.tsx'

/** The conversation the address names. */
export function ConversationPane() {
  const { t } = useTranslation()
  const { conversationId } = useParams({ from: '/frame/inbox/$view/$conversationId' })
  const { data, error, isError, refetch } = useQuery(ask(getConversation, { params: { conversationId } }))
  const gone = data === null || (isError && error instanceof ApiError && [404, 422].includes(error.status))
  if (gone) return <Gone />
  if (!data) {
    return (
      <div className={css.conversation}>
        {isError ? <CouldNotLoad error={error} onRetry={() => void refetch()} /> : <LoadingRows label={t('say.loading')} rows={5} />}
      </div>
    )
  }
  return <Conversation key={data.id} conversation={data} />
}

function Conversation({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation()
  useTitle(conversation.subject || t('list.noSubject'))
  const wide = useMediaQuery('(min-width: 1180px)', true, { getInitialValueInEffect: false })
  const [panel, setPanel] = useState(false)
  return (
    <>
      <article className={css.conversation} aria-label={t('conversation.label')}>
        <Head conversation={conversation} onPanel={() => setPanel(true)} />
        <Timeline conversation={conversation} />
        <Composer conversation={conversation} />
      </article>
      {wide ? (
        <aside className={css.panel} aria-label={t('conversation.panel')}>
          <CustomerPanel conversation={conversation} />
        </aside>
      ) : (
        <Drawer
          opened={panel}
          onClose={() => setPanel(false)}
          title={t('conversation.panel')}
          closeButtonProps={{ 'aria-label': t('say.close') }}
        >
          <CustomerPanel conversation={conversation} />
        </Drawer>
      )}
    </>
  )
}

function Gone() {
  const { t } = useTranslation()
  return (
    <div className={css.conversation}>
      <EmptyState
        level={1}
        title={t('conversation.gone')}
        action={<Button renderRoot={(props) => <Link to="/inbox" {...props} />}>{t('error.toInbox')}</Button>}
      >
        {t('conversation.goneWords')}
      </EmptyState>
    </div>
  )
}
