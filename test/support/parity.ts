import { expect } from 'vitest'
import type { SubjectKind } from '../../contract/event.ts'
import { type Frame, type FrameName, frames } from '../../contract/stream.ts'
import { type Settling, settle } from './settle.ts'
import { openStream } from './sse.ts'

/** Who looks, at which server. `headers` sign them in. */
export type Console = Settling & { address: string; headers: Record<string, string> }

export type Get = <T>(path: string) => Promise<T>

/**
 * Something the console holds: how it is fetched, and how frames change it, which is the console's own pure function.
 * `kinds` are what it watches.
 */
export type Held<S> = { kinds: readonly SubjectKind[]; fetch: (get: Get) => Promise<S>; apply: (state: S, frame: Frame) => S }

/**
 * Live parity: fetches as a console would, does something, and expects that what is held with the stream's frames applied
 * equals what a fetch answers now. A frame that only says "fetch again" fails the test: then nothing was live. Answers
 * the frames that came.
 */
export async function verifyLive<S>(console: Console, held: Held<S>, action: () => Promise<unknown>): Promise<Frame[]> {
  const stream = await openStream(`${console.address}/api/v1/events?watch=${held.kinds.join()}`, console.headers)
  try {
    await stream.until(({ name }) => name === 'hello')
    const before = await held.fetch(getter(console))
    await action()
    await stream.reach(await settle(console))
    const come = stream.messages.map(({ name, data }) => frameOf(name, data))
    expect(
      come.filter(({ name }) => vague.has(name)),
      'frames that make the console fetch again',
    ).toEqual([])
    expect(come.reduce(held.apply, before), 'what is held with the frames applied').toEqual(await held.fetch(getter(console)))
    return come
  } finally {
    stream.close()
  }
}

const vague: ReadonlySet<FrameName> = new Set<FrameName>(['stale', 'reset', 'fact'])

const getter =
  ({ address, headers }: Console): Get =>
  async (path) => {
    const response = await fetch(address + path, { headers })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as never
  }

/** Checks a message against the contract of the stream. */
export function frameOf(name: string, data: unknown): Frame {
  expect(Object.keys(frames)).toContain(name)
  return { name, data: frames[name as FrameName].parse(data) } as Frame
}
