/** One message of an event stream, as the browser's EventSource would hand it over. */
export type Message = { id: number; name: string; data: unknown }

/** An open stream. `until` waits for a message that fits; `reach` until everything up to a position has come. */
export type OpenStream = {
  messages: Message[]
  mark(): number
  until(fits: (message: Message) => boolean): Promise<Message>
  reach(position: number): Promise<void>
  ended: Promise<void>
  close(): void
}

/** Opens an event stream and keeps all that comes. */
export async function openStream(url: string, headers: Record<string, string> = {}): Promise<OpenStream> {
  const abort = new AbortController()
  const response = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, signal: abort.signal })
  if (!response.ok || !response.body) throw new Error(`The stream answered ${response.status}: ${await response.text()}`)
  const messages: Message[] = []
  let mark = 0
  let changed = Promise.withResolvers<void>()
  const take = (block: string) => {
    const fields = Object.fromEntries(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    )
    if (fields.id) mark = Number(fields.id)
    if (fields.data) messages.push({ id: mark, name: fields.event ?? 'message', data: JSON.parse(fields.data) })
    changed.resolve()
    changed = Promise.withResolvers<void>()
  }
  const ended = readBlocks(response.body, take).finally(() => changed.resolve())
  const when = async <T>(find: () => T | undefined): Promise<T> => {
    const late = AbortSignal.timeout(5000)
    for (let found = find(); ; found = find()) {
      if (found !== undefined) return found
      if (late.aborted) throw new Error(`It never came. What came: ${JSON.stringify(messages).slice(0, 2000)}`)
      await Promise.race([changed.promise, new Promise((done) => setTimeout(done, 100))])
    }
  }
  return {
    messages,
    mark: () => mark,
    until: (fits) => when(() => messages.find(fits)),
    reach: async (position) => void (await when(() => (mark >= position ? true : undefined))),
    ended,
    close: () => abort.abort(),
  }
}

async function readBlocks(body: ReadableStream<Uint8Array>, take: (block: string) => void): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const bytes of body) {
      const blocks = (rest + decoder.decode(bytes, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) take(block)
    }
  } catch {
    // cut off or closed: it has ended all the same
  }
}
