import type { QueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { countConversations, View } from '../../contract/conversations.ts'
import { getTeam, TeamId } from '../../contract/identity.ts'
import { ask } from '../api.ts'

const remembered = 'sinew.view'
const Place = z.object({ view: View, team: TeamId.optional() })
type Place = z.infer<typeof Place>

/** Keeps the view somebody chose, so that this device opens there the next time. */
export const rememberView = ({ view, team }: { view: Place['view']; team?: string | undefined }) =>
  localStorage.setItem(remembered, JSON.stringify({ view, team }))

export const forgetView = () => localStorage.removeItem(remembered)

/** Where the inbox opens: at the view used last, else at one's own work, else where work waits for anybody. */
export async function landing(client: QueryClient): Promise<{ view: Place['view']; search: { team?: string } }> {
  const last = lastView()
  if (last?.team && (await isThere(client, last.team))) return { view: last.view, search: { team: last.team } }
  if (last && last.view !== 'mine' && last.view !== 'team') return { view: last.view, search: {} }
  const counts = await client.ensureQueryData(ask(countConversations)).catch(() => null)
  const idle = counts !== null && counts.mine.count === 0 && counts.unassigned.count > 0
  return { view: idle ? 'unassigned' : 'mine', search: {} }
}

const isThere = (client: QueryClient, teamId: TeamId) =>
  client.ensureQueryData(ask(getTeam, { params: { teamId } })).then(
    ({ archivedAt }) => archivedAt === null,
    () => false,
  )

function lastView(): Place | null {
  try {
    return Place.parse(JSON.parse(localStorage.getItem(remembered) ?? 'null'))
  } catch {
    return null
  }
}
