import type { Frame, FrameName } from '../../contract/stream.ts'
import { root } from '../api.ts'

const watched = 'conversation,customer,person,team,organisation,channel,inbound_message,api_key,instance'
const names: FrameName[] = ['hello', 'view', 'gone', 'fact', 'stale', 'reset']

export type Connection = 'connecting' | 'live' | 'down'
type Heard = { onFrame: (frame: Frame) => void; onConnection: (connection: Connection) => void }
type Told = { frame: Frame } | { connection: Connection } | { asks: true }

/**
 * One stream for the whole browser, since browsers allow six connections to a host: the tab that holds the lock listens
 * and tells the others. When it closes, the next tab takes the lock. Returns how to stop.
 */
export function listen(personId: string, heard: Heard): () => void {
  const channel = new BroadcastChannel(`sinew.live.${personId}`)
  const stop = new AbortController()
  let connection: Connection = 'connecting'
  let leading = false
  const hear = (told: Told) => {
    if ('frame' in told) heard.onFrame(told.frame)
    else if ('connection' in told) heard.onConnection(told.connection)
    else if (leading) channel.postMessage({ connection } satisfies Told)
  }
  channel.onmessage = ({ data }: MessageEvent<Told>) => hear(data)
  const tell = (told: Told) => {
    if ('connection' in told) connection = told.connection
    channel.postMessage(told)
    hear(told)
  }
  const lead = () => {
    leading = true
    return follow(tell, stop.signal)
  }
  if (navigator.locks) navigator.locks.request(`sinew.live.${personId}`, { signal: stop.signal }, lead).catch(() => {})
  else void lead()
  channel.postMessage({ asks: true } satisfies Told)
  return () => {
    stop.abort()
    channel.close()
  }
}

/** Listens until stopped. EventSource reconnects by itself with Last-Event-ID; where it gives up, we begin again. */
function follow(tell: (told: Told) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let position: string | null = null
    let source: EventSource | null = null
    let again: ReturnType<typeof setTimeout> | undefined
    const open = (wait: number) => {
      const since = position === null ? '' : `&after=${position}`
      source = new EventSource(`${root}/events?watch=${watched}${since}`)
      source.onopen = () => tell({ connection: 'live' })
      source.onerror = () => {
        tell({ connection: 'down' })
        if (source?.readyState !== EventSource.CLOSED) return
        again = setTimeout(() => open(Math.min(wait * 2, 30_000)), wait * (0.5 + Math.random()))
      }
      for (const name of names) {
        source.addEventListener(name, (event) => {
          if (event.lastEventId) position = event.lastEventId
          tell({ frame: { name, data: JSON.parse(event.data) } as Frame })
        })
      }
    }
    open(1_000)
    signal.addEventListener('abort', () => {
      clearTimeout(again)
      source?.close()
      resolve()
    })
  })
}
