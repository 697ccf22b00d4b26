import type { TeamId } from '../../contract/identity.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { decidesOnAll, type Power } from './power.ts'

export type Team = { id: TeamId; name: string; purpose: string | null; private: boolean; archivedAt: Date | null }

export function archived(team: Team, now: Date): Team {
  return team.archivedAt ? team : { ...team, archivedAt: now }
}

export function refuseArchived(team: Team): void {
  if (!team.archivedAt) return
  throw new Refusal('conflict', 'team_archived', 'This team is archived. Bring it back first.')
}

/** Whoever may change teams may change any open team, and of the private ones those they are in; administrators all. */
export function mayLead(power: Power, team: { private: boolean }, isMember: boolean): boolean {
  return !team.private || isMember || decidesOnAll(power)
}

/** Keeps the contents of a private team with its members: nobody else lets people in or opens it. */
export function refuseStranger(power: Power, team: Team): void {
  if (mayLead(power, team, power.audience?.includes(`team:${team.id}`) ?? true)) return
  throw new Refusal('forbidden', 'team_is_private', 'This team is private. Ask one of its members or an administrator.')
}
