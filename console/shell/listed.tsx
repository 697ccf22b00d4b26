import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LoadingRows } from '../../ui/loading-rows.tsx'
import { CouldNotLoad } from './failure.tsx'
import css from './page.module.css'

type Asked<T> = {
  data: { items: readonly T[] } | undefined
  isError: boolean
  error: unknown
  refetch: () => unknown
  more?: (() => void) | undefined
  isFetchingNextPage?: boolean
}

type Props<T> = { asked: Asked<T>; empty: ReactNode; children: (item: T) => ReactNode }

/** A list in each of its states, with a way on where there is more of it. */
export function Listed<T extends { id: string }>({ asked, empty, children }: Props<T>) {
  const { t } = useTranslation()
  if (asked.isError && !asked.data) return <CouldNotLoad error={asked.error} onRetry={() => void asked.refetch()} />
  if (!asked.data) return <LoadingRows label={t('say.loading')} rows={3} />
  if (asked.data.items.length === 0) return empty
  return (
    <>
      <ul className={css.rows}>
        {asked.data.items.map((item) => (
          <li key={item.id} className={css.row}>
            {children(item)}
          </li>
        ))}
      </ul>
      {asked.more && (
        <Button variant="subtle" className={css.more!} loading={asked.isFetchingNextPage ?? false} onClick={asked.more}>
          {t('say.showMore')}
        </Button>
      )}
    </>
  )
}
