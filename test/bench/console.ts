import { get, type IncomingMessage } from 'node:http'
import { asPerson, type Client, clientOf } from './client.ts'

/** A browser with the inbox on its screen: it listens, and asks again for what a frame cannot tell, as the console does. */
export type Console = {
  /** The next view of a conversation, in ms after `began`, and the size of its frame. */
  next(began: number): Promise<{ after: number; bytes: number }>
  /** Opens another conversation, if it has one open. */
  show(id: string): void
  /** Requests it was caused to make. */
  asked(): number
  failed(): number
  /** Whether an answer is still to come, or a request to be made. */
  busy(): boolean
  close(): void
}

const watch = 'conversation,customer,person,team,organisation,channel,inbound_message,api_key,instance'

// What changes the counts beside the views.
const moves = new Set(
  ['started', 'closed', 'reopened', 'waiting', 'snoozed', 'woke', 'assigned', 'moved', 'joined'].map((it) => `conversation.${it}`),
)

/** Opens a console. `opened` is the conversation in its pane, if any. */
export async function openConsole(port: number, { cookie, opened }: { cookie: string; opened: string | null }): Promise<Console> {
  const headers = asPerson(cookie, port)
  const client = clientFor(port)
  const stream = await open(port, headers)
  const state = { opened, asked: 0, answered: 0, failed: 0, counting: undefined as NodeJS.Timeout | undefined }
  let waiting: ((bytes: number) => void) | undefined
  const ask = (path: string) => {
    state.asked++
    const ended = () => state.answered++
    client(path, { headers }).then(ended, () => {
      state.failed++
      ended()
    })
  }
  const recount = () => {
    state.counting ??= setTimeout(
      () => {
        state.counting = undefined
        ask('/api/v1/conversations/counts')
      },
      400 + Math.random() * 1_200,
    )
  }
  const hear = (name: string, data: string, bytes: number) => {
    if (name === 'stale' || name === 'reset') {
      setTimeout(ask, Math.random() * 500, '/api/v1/conversations?view=open')
      return recount()
    }
    if (name !== 'view') return
    const { kind, id, names } = JSON.parse(data) as { kind: string; id: string; names: string[] }
    if (kind !== 'conversation') return
    if (id === state.opened) ask(`/api/v1/conversations/${id}/timeline?limit=200`)
    if (names.some((it) => moves.has(it))) recount()
    waiting?.(bytes)
  }
  let text = ''
  stream.on('data', (chunk: Buffer) => {
    text += chunk
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const frame = text.slice(0, end)
      text = text.slice(end + 2)
      hear(/^event: (.*)$/m.exec(frame)?.[1] ?? '', /^data: (.*)$/m.exec(frame)?.[1] ?? '', frame.length + 2)
    }
  })
  return {
    next: (began) =>
      new Promise((resolve) => {
        waiting = (bytes) => {
          waiting = undefined
          resolve({ after: performance.now() - began, bytes })
        }
      }),
    show: (id) => {
      if (state.opened !== null) state.opened = id
    },
    asked: () => state.asked,
    failed: () => state.failed,
    busy: () => state.counting !== undefined || state.answered < state.asked,
    close: () => {
      clearTimeout(state.counting)
      stream.destroy()
    },
  }
}

function open(port: number, headers: Record<string, string>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = { host: '127.0.0.1', port, path: `/api/v1/events?watch=${watch}`, agent: false } as const
    get({ ...asked, headers: { ...headers, host: `localhost:${port}`, accept: 'text/event-stream' } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The stream answered ${response.statusCode}.`))
      else response.once('data', () => resolve(response))
    }).on('error', reject)
  })
}

const clients = new Map<number, Client>()

// All consoles of a machine share connections here; each of them would have its own.
function clientFor(port: number): Client {
  const client = clients.get(port) ?? clientOf(port, {}, 128)
  clients.set(port, client)
  return client
}
