import type { Actor, Tx } from '../../kernel/context.ts'
import type { LiveSource } from '../../kernel/live.ts'
import { may } from '../../kernel/permission.ts'
import { compose, type Stage } from './compose.ts'
import { failureOf, type Log } from './failure.ts'
import { frameBytes, heartbeat } from './frames.ts'
import { startPulse } from './pulse.ts'
import { rememberAudiences } from './remembered.ts'
import { replay } from './replay.ts'
import { concerns, namedByRights, sameRights } from './rights.ts'
import type { Happening } from './tail.ts'
import type { Onlooker } from './watch.ts'

/** An open stream. `whoIs` asks again who this is; null closes the stream. */
export type Viewer = Onlooker & { send(bytes: Buffer): void; close(): void; whoIs(): Promise<Actor | null> }

export type Live = {
  /** Shows what happens from now on; with `since`, first what changed after that position. */
  join(viewer: Viewer, since?: number): void
  leave(viewer: Viewer): void
  saw(events: readonly Happening[]): void
  /** Everything up to here has been sent. */
  position(): number
  viewers(): number
  /** Sends every viewer the mark it may resume from. Done every 15 s. */
  beatHearts(): void
  stop(): Promise<void>
}

/** A viewer's bytes wait in `held` while its replay is built. */
type Seat = { viewer: Viewer; held: Buffer[] | null; checked: number }

type Hall = {
  stage: Stage
  seats: Map<Viewer, Seat>
  joining: { viewer: Viewer; since: number | undefined }[]
  waiting: Happening[]
  position: number
  closed: boolean
  failed: (error: unknown) => void
}

const batch = 500

/** The shared live stream: one view per changed thing, made once, written to every viewer who shows and sees it. */
export function startLive({ db, sources, from, log }: { db: Tx; sources: readonly LiveSource[]; from: number; log: Log }): Live {
  const broken = (kind: string, error: unknown) =>
    log.error({ kind, failure: failureOf(error) }, 'Live views could not be built: what is shown of this kind is called stale.')
  const failed = (error: unknown) => log.error({ failure: failureOf(error) }, 'The live stream stumbled; it tries again.')
  const stage = { db, sources, remembered: rememberAudiences(20_000), broken }
  const hall: Hall = { stage, seats: new Map(), joining: [], waiting: [], position: from, closed: false, failed }
  const pulse = startPulse(() => show(hall), { every: 60_000, failed })
  const heart = setInterval(() => beatHearts(hall), 15_000).unref()
  return {
    join: (viewer, since) => {
      if (hall.closed) return viewer.close()
      hall.joining.push({ viewer, since })
      pulse.poke()
    },
    leave: (viewer) => leave(hall, viewer),
    saw: (events) => {
      hall.waiting.push(...events)
      pulse.poke()
    },
    position: () => hall.position,
    viewers: () => hall.seats.size,
    beatHearts: () => beatHearts(hall),
    stop: async () => {
      clearInterval(heart)
      hall.closed = true
      await pulse.stop()
      for (const { viewer } of [...hall.seats.values(), ...hall.joining]) viewer.close()
      hall.seats.clear()
    },
  }
}

// Viewers are seated between batches, so that each batch is made for all who are seated when it is shown.
async function show(hall: Hall): Promise<number | undefined> {
  for (const { viewer, since } of hall.joining.splice(0)) seat(hall, viewer, since).catch(hall.failed)
  const events = hall.waiting.slice(0, batch)
  const last = events.at(-1)
  if (!last) return undefined
  const ids = namedByRights(events)
  await recheckAll(
    hall,
    [...hall.seats.values()].filter(({ viewer }) => concerns(ids, viewer.actor)),
  )
  const programme = await compose(hall.stage, [...hall.seats.keys()], events)
  hall.position = last.position
  hall.waiting.splice(0, events.length)
  for (const it of hall.seats.values()) give(it, programme(it.viewer))
  return 0
}

function give({ viewer, held }: Seat, parts: Buffer[]): void {
  const [first] = parts
  if (!first) return
  if (held) held.push(...parts)
  else viewer.send(parts.length === 1 ? first : Buffer.concat(parts))
}

// The replay goes before the greeting: a stream cut in between resumes where it was, not where it would have been.
async function seat(hall: Hall, viewer: Viewer, since: number | undefined): Promise<void> {
  const at = hall.position
  const taken: Seat = { viewer, held: [], checked: performance.now() }
  hall.seats.set(viewer, taken)
  try {
    const missed = since === undefined ? [] : await replay(hall.stage, viewer, { since, through: at })
    if (!hall.seats.has(viewer)) return
    viewer.send(Buffer.concat([...missed, frameBytes('hello', at, { position: at }), ...(taken.held ?? [])]))
    taken.held = null
  } catch (error) {
    leave(hall, viewer)
    viewer.close()
    throw error
  }
}

function leave(hall: Hall, viewer: Viewer): void {
  hall.seats.delete(viewer)
  const at = hall.joining.findIndex((it) => it.viewer === viewer)
  if (at >= 0) hall.joining.splice(at, 1)
}

async function recheckAll(hall: Hall, seats: Seat[]): Promise<void> {
  while (seats.length > 0) await Promise.all(seats.splice(0, 8).map((it) => recheck(hall, it)))
}

/** Asks again who the viewer is. Who may no longer be here is shown out; who sees other things than before refetches. */
async function recheck(hall: Hall, it: Seat): Promise<void> {
  const { viewer } = it
  it.checked = performance.now()
  const actor = await viewer.whoIs()
  if (!actor || !may(actor, 'event.read')) {
    leave(hall, viewer)
    viewer.close()
    return
  }
  const same = sameRights(viewer.actor, actor)
  viewer.actor = actor
  if (!same && viewer.watch)
    give(
      it,
      [...viewer.watch.keys()].map((kind) => frameBytes('stale', hall.position, { kind })),
    )
}

/** A session may end without an event (it expires, or is ended elsewhere): so everybody is asked again after so many ms. */
const recheckEvery = 60_000

function beatHearts(hall: Hall): void {
  const bytes = heartbeat(hall.position)
  for (const { viewer, held } of hall.seats.values()) if (!held) viewer.send(bytes)
  const longAgo = performance.now() - recheckEvery
  const due = [...hall.seats.values()].filter(({ checked }) => checked < longAgo)
  recheckAll(hall, due.slice(0, 300)).catch(hall.failed)
}
