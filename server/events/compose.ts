import { sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import type { LiveSource } from '../../kernel/live.ts'
import { buildViews, type Change, type Frames, framesOfFact, framesOfStale, framesOfView, gather, kindsInBulk } from './changes.ts'
import { itemBytes } from './frames.ts'
import type { Remembered } from './remembered.ts'
import { audiencesOf, itemOf, knows, thing } from './sight.ts'
import type { Happening } from './tail.ts'
import type { Onlooker } from './watch.ts'

export type Stage = { db: Tx; sources: readonly LiveSource[]; remembered: Remembered; broken: (kind: string, error: unknown) => void }

/** What one viewer gets of a batch. */
export type Programme = (viewer: Onlooker) => Buffer[]

/** Makes the bytes of a batch once, for all who look on. What nobody shows is not built. */
export async function compose(stage: Stage, viewers: readonly Onlooker[], events: readonly Happening[]): Promise<Programme> {
  const things = await composeThings(stage, viewers, events)
  const log = await composeLog(stage, viewers, events)
  return (viewer) => (viewer.watch === null ? log(viewer) : things(viewer))
}

async function composeThings(stage: Stage, viewers: readonly Onlooker[], events: readonly Happening[]): Promise<Programme> {
  const { db, sources, remembered, broken } = stage
  const shown = new Set(viewers.flatMap(({ watch }) => [...(watch?.keys() ?? [])]))
  const changes = gather(events)
  const bulk = kindsInBulk(events, changes)
  const wanted = changes.filter(({ subject: { kind } }) => shown.has(kind) && !bulk.has(kind))
  const { views, failed } = await buildViews(db, sources, wanted)
  for (const { kind, error } of failed) {
    broken(kind, error)
    bulk.set(kind, events.at(-1)?.position ?? 0)
  }
  const older = await findOlder(
    db,
    wanted.filter(({ subject }) => !remembered.get(thing(subject))),
  )
  const framed: Frames[] = []
  for (const change of changes) {
    const { kind, id } = change.subject
    const key = thing(change.subject)
    const before = remembered.get(key)
    remembered.forget(key)
    if (!shown.has(kind) || bulk.has(kind)) continue
    if (!sources.some(({ subject }) => subject === kind)) framed.push(framesOfFact(change))
    else {
      const view = views.get(key)
      remembered.set(key, view?.audience ?? [])
      framed.push(framesOfView(change, { view, before, older: older.has(id) }))
    }
  }
  for (const [kind, position] of bulk) framed.push(framesOfStale(kind, position))
  return ({ actor, watch }) => (watch === null ? [] : framed.flatMap(({ pick }) => pick(actor, watch) ?? []))
}

async function composeLog({ db, sources }: Stage, viewers: readonly Onlooker[], events: readonly Happening[]): Promise<Programme> {
  const followers = viewers.filter(({ watch }) => watch === null)
  if (followers.length === 0) return () => []
  const audiences = followers.every(({ actor }) => actor.audience === null) ? new Map() : await audiencesOf(db, sources, events)
  const items = events.map((event) => ({ subject: event.subject, bytes: itemBytes(itemOf(event, null)) }))
  return ({ actor }) => items.flatMap(({ subject, bytes }) => (knows(actor, subject, audiences) ? [bytes] : []))
}

/** Which of these things had events before this batch: somebody may hold them already. */
async function findOlder(db: Tx, changes: readonly Change[], first = Math.min(...changes.map((it) => it.position))): Promise<Set<string>> {
  if (changes.length === 0) return new Set()
  const ids = changes.map(({ subject }) => subject.id)
  const query = sql<{ id: string }>`
    select id from unnest(${ids}::uuid[]) as changed (id)
    where exists (select from event_log where subject_id = changed.id and position < ${first})`
  return new Set((await query.execute(db)).rows.map(({ id }) => id))
}
