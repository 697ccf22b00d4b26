import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { countConversations, type View } from '../../contract/conversations.ts'
import { listTeams } from '../../contract/identity.ts'
import { ask } from '../api.ts'
import { useMe } from '../shell/session.ts'
import { useAll } from '../use-pages.ts'
import type { InboxSearch } from './inbox-search.ts'

type Count = { count: number; capped: boolean }
export type ViewLink = {
  key: string
  view: View
  search: InboxSearch
  label: string
  count: Count | undefined
  group: 'standing' | 'teams'
}

/** The views of the inbox with what waits in each, teams of mine first among them. */
export function useViews(): ViewLink[] {
  const { t } = useTranslation()
  const me = useMe()
  const counts = useQuery({ ...ask(countConversations), refetchInterval: 60_000 }).data
  const teams = useAll(listTeams)
  const standing = (view: 'mine' | 'unassigned' | 'waiting' | 'snoozed' | 'open'): ViewLink => ({
    key: view,
    view,
    search: {},
    label: t(`views.${view}`),
    count: counts?.[view],
    group: 'standing',
  })
  const mine = new Set(me.person?.teams.map((it) => it.id as string))
  return [
    standing('mine'),
    standing('unassigned'),
    standing('waiting'),
    standing('snoozed'),
    standing('open'),
    { key: 'closed', view: 'closed', search: {}, label: t('views.closed'), count: undefined, group: 'standing' },
    ...teams
      .toSorted((a, b) => Number(mine.has(b.id)) - Number(mine.has(a.id)))
      .map(
        (team): ViewLink => ({
          key: team.id,
          view: 'team',
          search: { team: team.id },
          label: team.name,
          count: counts?.teams.find((it) => it.team === team.id),
          group: 'teams',
        }),
      ),
  ]
}

/** The view that is open, by the address. */
export function currentView(views: readonly ViewLink[], view: string, search: InboxSearch): ViewLink | undefined {
  return views.find((it) => it.view === view && it.search.team === search.team)
}

/** A count as it is shown: nothing for none, never more than 99+. */
export function countWords(count: Count | undefined, capped: string): string {
  if (!count || count.count === 0) return ''
  return count.capped ? capped : String(count.count)
}
