import { z } from 'zod'

/** What kind of thing an event happened to; its id is among the event's data. */
export const SubjectKind = z.enum([
  'conversation',
  'customer',
  'person',
  'team',
  'organisation',
  'channel',
  'inbound_message',
  'api_key',
  'invitation',
  'instance',
])
export type SubjectKind = z.infer<typeof SubjectKind>

/** One kind of event: what it happened to, which field of its data names that thing, and the data. Ids and facts only, never names or free text. */
export type EventKind<D extends z.ZodType = z.ZodType> = { subject: SubjectKind; key: string; data: D }

/** Declares an event about one thing. `key` is the field of the data that holds the thing's id. */
export function happens<D extends z.ZodObject>(subject: SubjectKind, key: string, data: D): EventKind<D> {
  return { subject, key, data }
}
