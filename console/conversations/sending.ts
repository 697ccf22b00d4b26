import { useEffect, useState } from 'react'
import type { MessageView, TimelineEntry } from '../../contract/timeline.ts'

const longest = 15_000
const due = new Map<string, number>()

/** When a reply goes out by the clock of this device, which need not be the server's. */
export function rememberDue({ id, at, delivery }: MessageView) {
  if (delivery?.dueAt) due.set(id, Date.now() + (Date.parse(delivery.dueAt) - Date.parse(at)))
}

const dueOf = ({ id, delivery }: MessageView) => due.get(id) ?? Date.parse(delivery?.dueAt ?? '')

/** My newest reply that can still be taken back, and how long for. */
export function useSending(entries: readonly TimelineEntry[], me: string | undefined) {
  const [now, setNow] = useState(Date.now)
  const message = entries.findLast((it): it is MessageView => it.type === 'message' && isOnItsWay(it) && it.author.id === me)
  const id = message?.id
  useEffect(() => {
    if (!id) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [id])
  if (!message) return null
  const left = dueOf(message) - now
  return left > 0 && left <= longest ? { message, seconds: Math.ceil(left / 1000) } : null
}

const isOnItsWay = ({ delivery }: MessageView) => delivery?.state === 'queued' && delivery.tries === 0
