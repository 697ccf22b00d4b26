import type { SubjectKind } from '../contract/event.ts'
import type { Tx } from './context.ts'

/** What the live stream sends when a subject changed: the view as it now is, and who may see it. */
export type LiveView = { id: string; audience: readonly string[]; view: unknown }

/** A module's live views: built once per batch of events and subject, whoever is watching. */
export type LiveSource = { subject: SubjectKind; views: (tx: Tx, ids: string[]) => Promise<LiveView[]> }
