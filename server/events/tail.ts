import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { SubjectKind } from '../../contract/event.ts'
import type { EventName } from '../../contract/events.ts'
import type { EventLog } from '../../database/schema.ts'
import type { Tx } from '../../kernel/context.ts'
import { startPulse } from './pulse.ts'

/** One line of the log as the river carries it. */
export type Happening = {
  position: number
  name: EventName
  subject: { kind: SubjectKind; id: string }
  data: unknown
  actor: { kind: string; id: string; team: string | null; organisation: string | null }
  at: Date
  historic: boolean
}

type Stretch = { after: number; through?: number; limit: number; names?: readonly EventName[] }

/** Numbered events in order. What has a position stays at it, so a reader needs to remember one number only. */
export async function readEvents(db: Tx, { after, through, limit, names }: Stretch): Promise<Happening[]> {
  let query = db.selectFrom('event_log').selectAll().where('position', '>', String(after)).orderBy('position').limit(limit)
  if (through !== undefined) query = query.where('position', '<=', String(through))
  if (names) query = query.where('name', 'in', [...names])
  return (await query.execute()).map(toHappening)
}

/** The highest position given so far; 0 in an empty log. */
export async function headOf(db: Tx): Promise<number> {
  const { rows } = await sql<{ position: string | null }>`select max(position) as position from event_log`.execute(db)
  return Number(rows[0]?.position ?? 0)
}

function toHappening(row: Selectable<EventLog>): Happening {
  return {
    position: Number(row.position),
    name: row.name as EventName,
    subject: { kind: row.subject_kind as SubjectKind, id: row.subject_id },
    data: row.data,
    actor: { kind: row.actor_kind, id: row.actor_id, team: row.actor_team, organisation: row.actor_organisation },
    at: row.at,
    historic: row.historic,
  }
}

export type Tail = {
  /** There may be new positions. */
  poke(): void
  position(): number
  stop(): Promise<void>
}

type TailNeeds = { db: Tx; from: number; arrived: (events: Happening[]) => void; failed: (error: unknown) => void }

/** Reads what is new once per process, for everything in it that follows the log. */
export function startTail({ db, from, arrived, failed }: TailNeeds): Tail {
  const limit = 500
  let position = from
  const beat = async () => {
    const events = await readEvents(db, { after: position, limit })
    const last = events.at(-1)
    if (!last) return undefined
    position = last.position
    arrived(events)
    return events.length === limit ? 0 : undefined
  }
  const pulse = startPulse(beat, { every: 1000, failed })
  return { poke: pulse.poke, stop: pulse.stop, position: () => position }
}
