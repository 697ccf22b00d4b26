import { Button, Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LoadingRows } from '../../ui/loading-rows.tsx'
import { CouldNotLoad } from '../shell/failure.tsx'
import { EmptyList } from './empty-list.tsx'
import type { InboxSearch } from './inbox-search.ts'
import css from './list.module.css'
import { Rows } from './rows.tsx'
import type { useList } from './use-list.ts'
import type { ViewLink } from './views.ts'
import { ViewsMenu } from './views-column.tsx'

type Props = {
  list: ReturnType<typeof useList>
  views: readonly ViewLink[]
  here: ViewLink | undefined
  view: string
  search: InboxSearch
  openId: string | undefined
}

const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const

/** The conversations of one view. */
export function ListPane({ list, views, here, view, search, openId }: Props) {
  const { t } = useTranslation()
  return (
    <section className={css.pane} aria-label={t('list.label')}>
      <Head views={views} here={here} view={view} search={search} openId={openId} />
      {list.isError && list.items.length === 0 ? (
        <CouldNotLoad error={list.error} onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <LoadingRows label={t('say.loading')} rows={7} avatars={false} />
      ) : list.items.length === 0 ? (
        <EmptyList view={view} />
      ) : (
        <Rows list={list} view={view} search={search} openId={openId} />
      )}
    </section>
  )
}

function Head({ views, here, view, search, openId }: Pick<Props, 'views' | 'here' | 'view' | 'search' | 'openId'>) {
  const { t } = useTranslation()
  // The page's one heading is the open conversation's, or the view's where none is open.
  const Title = openId ? 'h2' : 'h1'
  return (
    <div className={css.head}>
      <Title className={css.title}>{here?.label ?? t('views.all')}</Title>
      <ViewsMenu views={views} here={here} />
      <OrderMenu view={view} search={search} />
    </div>
  )
}

function OrderMenu({ view, search }: Pick<Props, 'view' | 'search'>) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { sort, ...rest } = search
  const order = (to: 'oldest' | undefined) =>
    void navigate({ to: '/inbox/$view', params: { view }, search: to ? { ...rest, sort: to } : rest })
  const check = (on: boolean) => (on ? <IconCheck {...icon} /> : <span style={{ inlineSize: 16 }} />)
  return (
    <Menu>
      <Menu.Target>
        <Button size="xs" variant="subtle" color="ink" className={css.order!} rightSection={<IconChevronDown {...icon} size={14} />}>
          {sort ? t('list.oldest') : t('list.newest')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item data-autofocus leftSection={check(!sort)} aria-current={!sort} onClick={() => order(undefined)}>
          {t('list.newest')}
        </Menu.Item>
        <Menu.Item leftSection={check(sort === 'oldest')} aria-current={sort === 'oldest'} onClick={() => order('oldest')}>
          {t('list.oldest')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
