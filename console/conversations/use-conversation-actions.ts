import { useQueryClient } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type ConversationView, listConversations } from '../../contract/conversations.ts'
import { keyOf } from '../api.ts'
import type { ListPage } from '../live/apply.ts'
import { useActions } from '../shell/actions.ts'
import { useMay, useMe } from '../shell/session.ts'
import { say } from '../shell/toast.tsx'
import { closedWords, useChange, useSeen } from './changes.ts'
import { queryOf } from './use-list.ts'
import { neighbourOf, useGo } from './use-list-actions.ts'

/** What can be done with the open conversation, for its buttons, its keys and the palette alike. */
export function useConversationActions(conversation: ConversationView, ask: { onAssign: () => void; onSnooze: () => void }) {
  const { t } = useTranslation()
  const { id, status, subject, can } = conversation
  const may = useMay()
  const me = useMe().person
  const change = useChange(id)
  const seen = useSeen(id)
  const onward = useOnward(id)
  const mayChange = may('conversation.update') && (can.length === 0 || can.some((it) => it.endsWith('update') || it === 'change'))
  const mayDelete = may('conversation.delete')
  const open = status !== 'closed'

  const reopen = () => void change({ status: 'open' }, { status: 'open', snoozedUntil: null })
  const close = () => {
    onward()
    void change({ status: 'closed' }, { status: 'closed', snoozedUntil: null })
    say(closedWords(subject), { label: t('say.undo'), perform: reopen })
  }
  const wait = () => void change({ status: 'waiting' }, { status: 'waiting', snoozedUntil: null })
  const snooze = (until: Date) => {
    onward()
    const snoozedUntil = until.toISOString()
    void change({ status: 'snoozed', until: snoozedUntil }, { status: 'snoozed', snoozedUntil })
  }
  const take = () => me && void change({ owner: me.id }, { owner: { id: me.id, name: me.name, organisation: null } })
  const unread = () => {
    onward()
    seen(false)
  }

  useActions([
    {
      id: 'close',
      label: open ? 'action.close' : 'action.reopen',
      group: 'conversation',
      keys: 'e',
      when: () => mayChange,
      perform: open ? close : reopen,
    },
    { id: 'snooze', label: 'action.snooze', group: 'conversation', keys: 's', when: () => mayChange && open, perform: ask.onSnooze },
    { id: 'assign', label: 'action.assign', group: 'conversation', keys: 'a', when: () => mayChange, perform: ask.onAssign },
    { id: 'take', label: 'action.take', group: 'conversation', keys: 'shift+a', when: () => mayChange, perform: take },
    { id: 'wait', label: 'action.wait', group: 'conversation', when: () => mayChange && open, perform: wait },
    { id: 'unread', label: 'action.unread', group: 'conversation', keys: 'shift+u', perform: unread },
  ])
  return { mayChange, mayDelete, close, reopen, wait, snooze, take, unread }
}

/** Moves on to the neighbour in the list, before the open conversation leaves it. */
function useOnward(id: string) {
  const client = useQueryClient()
  const go = useGo()
  const { view = 'mine' } = useParams({ strict: false })
  const search = useSearch({ from: '/frame/inbox/$view' })
  return () => {
    const data = client.getQueryData<{ pages: ListPage[] }>(keyOf(listConversations, { query: queryOf(view, search) }))
    go(neighbourOf(data?.pages.flatMap((page) => page.items) ?? [], id))
  }
}
