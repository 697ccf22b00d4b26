import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listPeople, listTeams } from '../../contract/identity.ts'
import { ask } from '../api.ts'

export type Candidate = {
  key: string
  kind: 'person' | 'team'
  id: string | null
  name: string
  label: string
  side: 'colleague' | 'partner'
}

/** Who and which team a conversation can go to, as far as they match what was typed; nobody is a choice too. */
export function useCandidates(opened: boolean, wanted: string, myId: string | undefined) {
  const { t } = useTranslation()
  const found = useQuery({ ...ask(listPeople, { query: { active: 'true', limit: 100 } }), enabled: opened }).data?.items ?? []
  const all = useQuery({ ...ask(listTeams, { query: { limit: 100 } }), enabled: opened }).data?.items ?? []
  const person = (it: { id: string | null; name: string }, label: string, partner = false): Candidate => ({
    key: `person:${it.id ?? ''}`,
    kind: 'person',
    id: it.id,
    name: it.name,
    label,
    side: partner ? 'partner' : 'colleague',
  })
  const people = found
    .toSorted((a, b) => Number(b.id === myId) - Number(a.id === myId))
    .map((it) => person(it, it.id === myId ? `${it.name} (${t('people.you')})` : it.name, it.organisation.kind !== 'in_house'))
  const teams = all.map(
    (it): Candidate => ({ key: `team:${it.id}`, kind: 'team', id: it.id, name: it.name, label: it.name, side: 'colleague' }),
  )
  const nobody = person({ id: null, name: t('assign.nobody') }, t('assign.nobody'))
  const noTeam: Candidate = { key: 'team:', kind: 'team', id: null, name: '', label: t('assign.noTeam'), side: 'colleague' }
  const matches = (it: Candidate) => it.label.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase())
  return { people: [...people, nobody].filter(matches), teams: (teams.length > 0 ? [...teams, noTeam] : []).filter(matches) }
}
