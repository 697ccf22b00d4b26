import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

const near = 80

/** `stays` is what the reader is with, `put` where we last left the page, `atEnd` whether that was its end. */
type Place = { stays: 'unread' | 'end' | 'here'; put: number | null; atEnd: boolean }

/**
 * Opens at the first unread words, else at the newest, and stays with them while pictures and frames around them grow,
 * until the reader moves. Whoever reads at the end, or just wrote something, follows what is new.
 */
export function useReadingPlace(
  scroll: RefObject<HTMLDivElement | null>,
  { entries, written }: { entries: readonly unknown[]; written: number },
) {
  const place = useRef<Place>({ stays: 'unread', put: null, atEnd: false }).current
  const before = useRef(written)

  useLayoutEffect(() => {
    if (entries.length === 0 || !scroll.current) return
    if (written > before.current || (place.put !== null && place.atEnd)) place.stays = 'end'
    before.current = written
    settle(scroll.current, place)
  }, [scroll, place, entries, written])

  // biome-ignore lint/correctness/useExhaustiveDependencies: watches again once there is something to watch
  useEffect(() => {
    const element = scroll.current
    if (!element) return
    const growing = new ResizeObserver(() => place.put !== null && settle(element, place))
    for (const child of element.children) growing.observe(child)
    const onScroll = () => moved(element, place)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      growing.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [scroll, place, entries])
}

function settle(element: HTMLElement, place: Place) {
  if (place.stays === 'here') return
  const unread = place.stays === 'unread' ? element.querySelector('[data-unread]') : null
  element.scrollTop = unread ? element.scrollTop + topOf(unread) - topOf(element) - 16 : element.scrollHeight
  place.put = element.scrollTop
  place.atEnd = isAtEnd(element)
}

// Our own moves are heard too; only the reader's change where they are.
function moved(element: HTMLElement, place: Place) {
  if (place.put !== null && Math.abs(element.scrollTop - place.put) < 2) return
  place.put = element.scrollTop
  place.atEnd = isAtEnd(element)
  place.stays = place.atEnd ? 'end' : 'here'
}

const topOf = (it: Element) => it.getBoundingClientRect().top
const isAtEnd = (it: HTMLElement) => it.scrollHeight - it.scrollTop - it.clientHeight < near
