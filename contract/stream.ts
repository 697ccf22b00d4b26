import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { SubjectKind } from './event.ts'
import { Paging, page, Time } from './paging.ts'

/**
 * One line of the event log. `position` counts from 1 without gaps; `data` holds ids and facts. Who did it is told as
 * team and organisation; a page of the log tells a person's id to that person and to auditors, the stream to nobody.
 */
export const LogItem = z.object({
  position: z.number().int(),
  name: z.string(),
  at: Time,
  subject: z.object({ kind: SubjectKind, id: z.uuid() }),
  data: z.record(z.string(), z.unknown()),
  actor: z.object({ kind: z.string(), id: z.string().nullable(), team: z.uuid().nullable(), organisation: z.uuid().nullable() }),
  historic: z.boolean(),
})
export type LogItem = z.infer<typeof LogItem>

/**
 * The event log the asker may see, oldest first. With `Accept: text/event-stream` the same address is a stream that
 * resumes after `Last-Event-ID` (or `after`): without `watch` each message is a `LogItem`; with `watch` it is a frame
 * below about the named kinds or single things, such as `watch=conversation,person:0190…`.
 */
export const listEvents = endpoint({
  method: 'GET',
  path: '/events',
  summary: 'What happened, oldest first; as an event stream, what happens',
  permission: 'event.read',
  query: Paging.extend({ after: z.coerce.number().int().min(0).optional(), watch: z.string().max(10_000).optional() }),
  returns: page(LogItem),
})

const Thing = z.object({ kind: SubjectKind, id: z.uuid() })

/** What the stream says under each event name. Every frame's id is a position of the log. */
export const frames = {
  /** The first frame: from here on nothing is missed. */
  hello: z.object({ position: z.number().int() }),
  /** A thing as it is now, and the names of the events that changed it. What is personal to a viewer is not in it. */
  view: Thing.extend({ view: z.looseObject({ id: z.string() }), names: z.array(z.string()) }),
  /** A thing was deleted, or went out of sight. */
  gone: Thing,
  /** Something happened to a thing that has no live view. */
  fact: z.object({ name: z.string(), subject: Thing }),
  /** Too much or too little is known to send views: refetch what is shown of this kind. */
  stale: z.object({ kind: SubjectKind }),
  /** More happened since `Last-Event-ID` than is replayed: refetch everything. */
  reset: z.object({ position: z.number().int() }),
}
export type FrameName = keyof typeof frames
export type FrameData<N extends FrameName> = z.infer<(typeof frames)[N]>
export type Frame = { [N in FrameName]: { name: N; data: FrameData<N> } }[FrameName]
