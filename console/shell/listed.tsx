import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LoadingRows } from '../../ui/loading-rows.tsx'
import { CouldNotLoad } from './failure.tsx'
import css from './page.module.css'

type Props<T> = { asked: UseQueryResult<{ items: T[] }>; empty: ReactNode; children: (item: T) => ReactNode }

/** A short list in each of its states. */
export function Listed<T extends { id: string }>({ asked, empty, children }: Props<T>) {
  const { t } = useTranslation()
  if (asked.isError) return <CouldNotLoad error={asked.error} onRetry={() => void asked.refetch()} />
  if (!asked.data) return <LoadingRows label={t('say.loading')} rows={3} />
  if (asked.data.items.length === 0) return empty
  return (
    <ul className={css.rows}>
      {asked.data.items.map((item) => (
        <li key={item.id} className={css.row}>
          {children(item)}
        </li>
      ))}
    </ul>
  )
}
