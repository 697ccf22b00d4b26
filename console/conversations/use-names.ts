import { useQuery } from '@tanstack/react-query'
import { listPeople, listTeams } from '../../contract/identity.ts'
import { ask } from '../api.ts'
import { useMe } from '../shell/session.ts'

export type Names = { me: string | undefined; person: (id: string) => string | null; team: (id: string) => string | null }

/** Names for the ids that events carry: events themselves never hold a name. */
export function useNames(): Names {
  const me = useMe().person
  const people = useQuery({ ...ask(listPeople, { query: { limit: 100 } }), staleTime: 300_000 }).data?.items
  const teams = useQuery({ ...ask(listTeams, { query: { limit: 100 } }), staleTime: 300_000 }).data?.items
  return {
    me: me?.id,
    person: (id) => people?.find((it) => it.id === id)?.name ?? null,
    team: (id) => teams?.find((it) => it.id === id)?.name ?? null,
  }
}
