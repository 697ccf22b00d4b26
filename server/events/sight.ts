import type { SubjectKind } from '../../contract/event.ts'
import type { Permission } from '../../contract/permissions.ts'
import type { LogItem } from '../../contract/stream.ts'
import type { Actor, Tx } from '../../kernel/context.ts'
import type { LiveSource } from '../../kernel/live.ts'
import { may } from '../../kernel/permission.ts'
import { houseKey, sees } from '../../kernel/visibility.ts'
import type { Happening } from './tail.ts'

/** The key of a thing in maps. */
export const thing = ({ kind, id }: { kind: SubjectKind; id: string }) => `${kind}:${id}`

/** The audience of each subject's current view. What has no live source, or no longer exists, is not in it. */
export type Audiences = ReadonlyMap<string, readonly string[]>

/** What one needs to see of a kind of thing to know of events about it, where no view says who sees it. */
const needed: Partial<Record<SubjectKind, Permission>> = {
  customer: 'customer.read',
  person: 'person.read',
  team: 'team.read',
  organisation: 'organisation.read',
  channel: 'channel.read',
  inbound_message: 'quarantine.read',
  api_key: 'api_key.read',
  invitation: 'person.invite',
  instance: 'event.read',
}

/**
 * Whether the actor may know of an event. Its subject's current view decides. Where there is none the event is for those
 * in-house who may read that kind of thing; a conversation that is gone may have been private, so its events remain only
 * to those who see every row.
 */
export function knows(actor: Actor, subject: Happening['subject'], audiences: Audiences): boolean {
  const audience = audiences.get(thing(subject))
  if (audience) return sees(actor, audience)
  const permission = needed[subject.kind]
  if (!permission) return actor.audience === null
  return may(actor, permission) && (actor.audience === null || actor.audience.includes(houseKey))
}

/** The current audiences of the subjects of some events. */
export async function audiencesOf(tx: Tx, sources: readonly LiveSource[], events: readonly Happening[]): Promise<Audiences> {
  const audiences = new Map<string, readonly string[]>()
  for (const { subject: kind, views } of sources) {
    const ids = [...new Set(events.flatMap(({ subject }) => (subject.kind === kind ? [subject.id] : [])))]
    if (ids.length === 0) continue
    for (const { id, audience } of await views(tx, ids)) audiences.set(thing({ kind, id }), audience)
  }
  return audiences
}

/** The event as the asker gets it. `asker` null: as anybody gets it. */
export function itemOf(event: Happening, asker: Actor | null): LogItem {
  const { kind, id, team, organisation } = event.actor
  const named = kind !== 'person' || asker?.id === id || (asker !== null && may(asker, 'audit.read'))
  return {
    position: event.position,
    name: event.name,
    at: event.at.toISOString(),
    subject: event.subject,
    data: event.data as Record<string, unknown>,
    actor: { kind, id: named ? id : null, team, organisation },
    historic: event.historic,
  }
}
