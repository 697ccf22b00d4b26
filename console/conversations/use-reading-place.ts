import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

const near = 80

/**
 * Opens at the first unread words, else at the newest, and stays with them while pictures and frames around them grow,
 * until the reader moves. Whoever reads at the end, or just wrote something, follows what is new.
 */
export function useReadingPlace(
  scroll: RefObject<HTMLDivElement | null>,
  { entries, written }: { entries: readonly unknown[]; written: number },
) {
  const stays = useRef<'unread' | 'end' | 'here'>('unread')
  const put = useRef<number | null>(null)
  const atEnd = useRef(false)
  const place = useRef(() => {
    const element = scroll.current
    if (!element || stays.current === 'here') return
    const unread = stays.current === 'unread' ? element.querySelector('[data-unread]') : null
    element.scrollTop = unread ? element.scrollTop + topOf(unread) - topOf(element) - 16 : element.scrollHeight
    put.current = element.scrollTop
    atEnd.current = isAtEnd(element)
  })
  const before = useRef(written)

  useLayoutEffect(() => {
    if (entries.length === 0) return
    if (written > before.current || (put.current !== null && atEnd.current)) stays.current = 'end'
    before.current = written
    place.current()
  }, [entries, written])

  // biome-ignore lint/correctness/useExhaustiveDependencies: watches again once there is something to watch
  useEffect(() => {
    const element = scroll.current
    if (!element) return
    const growing = new ResizeObserver(() => put.current !== null && place.current())
    for (const child of element.children) growing.observe(child)
    const onScroll = () => {
      if (put.current !== null && Math.abs(element.scrollTop - put.current) < 2) return
      put.current = element.scrollTop
      atEnd.current = isAtEnd(element)
      stays.current = atEnd.current ? 'end' : 'here'
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      growing.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [scroll, entries])
}

const topOf = (it: Element) => it.getBoundingClientRect().top
const isAtEnd = (it: HTMLElement) => it.scrollHeight - it.scrollTop - it.clientHeight < near
