import type { Kysely } from 'kysely'
import type { EventData, EventName } from '../contract/events.ts'
import type { Permission, Scope } from '../contract/permissions.ts'
import type { Database } from '../database/schema.ts'
import type { Instance } from './instance.ts'

/** A transaction, or for a read the plain connection pool. */
export type Tx = Kysely<Database>

export type OrganisationKind = 'in_house' | 'partner' | 'supplier'

/**
 * Who is asking. `audience` holds the visibility keys the actor carries: a row is seen when it carries one of them too.
 * `null` means every row.
 */
export type Actor = {
  kind: 'person' | 'customer' | 'visitor' | 'integration' | 'system'
  id: string
  permissions: ReadonlySet<Permission>
  audience: readonly string[] | null
  organisation?: { id: string; kind: OrganisationKind }
  team?: string
  /** A signed-in person's session. */
  session?: string
  scopes?: readonly Scope[]
}

/** Says what happened. Kept with the transaction, appended to the event log as its last act. */
export type Record = <N extends EventName>(name: N, data: EventData<N>) => void

/** All a verb is given: a transaction, who is asking, what time it is, a way to say what happened, and the instance's few facts. Nothing else is ambient. */
export type Context = { tx: Tx; actor: Actor; now: Date; record: Record; instance: Instance }
