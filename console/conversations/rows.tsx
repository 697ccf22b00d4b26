import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { InboxSearch } from './inbox-search.ts'
import css from './list.module.css'
import { Row } from './row.tsx'
import type { useList } from './use-list.ts'

type Props = { list: ReturnType<typeof useList>; view: string; search: InboxSearch; openId: string | undefined }

/** The rows on screen and a few around them; the next page is fetched before the end is reached. */
export function Rows({ list, view, search, openId }: Props) {
  const { t } = useTranslation()
  const scroll = useRef<HTMLDivElement>(null)
  const { items, hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => 80,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 8,
  })
  const shown = rows.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= items.length - 12 && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [last, items.length, hasNextPage, isFetchingNextPage, fetchNextPage])
  const openAt = items.findIndex((it) => it.id === openId)
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the open conversation, not every change of the list
  useEffect(() => {
    if (openAt >= 0) rows.scrollToIndex(openAt, { align: 'auto' })
  }, [openId])
  return (
    <div ref={scroll} className={css.scroll}>
      <ul className={css.rows} style={{ blockSize: rows.getTotalSize() }}>
        {shown.map(({ index, key, start }) => (
          <li
            key={key}
            ref={rows.measureElement}
            data-index={index}
            className={css.item}
            style={{ transform: `translateY(${start}px)` }}
            aria-setsize={hasNextPage ? -1 : items.length}
            aria-posinset={index + 1}
          >
            <Row item={items[index]!} view={view} search={search} open={items[index]!.id === openId} />
          </li>
        ))}
      </ul>
      {isFetchingNextPage && (
        <p role="status" className={css.snippet} style={{ padding: 12, textAlign: 'center' }}>
          {t('list.more')}
        </p>
      )}
    </div>
  )
}
