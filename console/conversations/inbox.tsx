import { Outlet, useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useTitle } from '../shell/use-title.ts'
import css from './inbox.module.css'
import { ListPane } from './list-pane.tsx'
import { queryOf, useList } from './use-list.ts'
import { useListActions } from './use-list-actions.ts'
import { currentView, useViews } from './views.ts'
import { ViewsColumn } from './views-column.tsx'

/** Views, conversations, and the one that is open. */
export function Inbox() {
  const { t } = useTranslation()
  const { view = 'mine', conversationId } = useParams({ strict: false })
  const search = useSearch({ from: '/frame/inbox/$view' })
  const views = useViews()
  const here = currentView(views, view, search)
  const list = useList(queryOf(view, search))
  useTitle(conversationId ? undefined : (here?.label ?? t('shell.inbox')))
  useListActions(list.items, conversationId)
  return (
    <div className={css.inbox} data-open={conversationId ? true : undefined}>
      <ViewsColumn views={views} here={here} />
      <ListPane list={list} views={views} here={here} view={view} search={search} openId={conversationId} />
      <main className={css.main}>
        <Outlet />
      </main>
    </div>
  )
}
