import { useTranslation } from 'react-i18next'
import { listTeams } from '../../contract/identity.ts'
import { useNamed } from '../people/use-named.ts'
import { useMe } from '../shell/session.ts'
import { useAll } from '../use-pages.ts'

export type Candidate = {
  key: string
  kind: 'person' | 'team'
  id: string | null
  name: string
  label: string
  /** Where they work, when not here. */
  organisation: string | null
}

/** Who and which team a conversation can go to, as far as they match what was typed: oneself first, nobody last. */
export function useCandidates(opened: boolean, wanted: string) {
  const { t } = useTranslation()
  const me = useMe().person
  const { people: found, others } = useNamed(wanted, opened)
  const all = useAll(listTeams, { enabled: opened })
  const matches = (it: Candidate) => it.label.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase())

  const mine = me ? [personOf({ ...me, label: `${me.name} (${t('people.you')})` })].filter(matches) : []
  const colleagues = found.filter((it) => it.id !== me?.id).map((it) => personOf({ ...it, label: it.name }))
  const nobody: Candidate = { ...nothing('person'), name: t('assign.nobody'), label: t('assign.nobody') }
  const teams = all.map((it): Candidate => ({ ...nothing('team'), key: `team:${it.id}`, id: it.id, name: it.name, label: it.name }))
  const noTeam: Candidate = { ...nothing('team'), label: t('assign.noTeam') }
  return {
    people: [...mine, ...colleagues, ...[nobody].filter(matches)],
    teams: (teams.length > 0 ? [...teams, noTeam] : []).filter(matches),
    others,
  }
}

const nothing = (kind: Candidate['kind']): Candidate => ({ key: `${kind}:`, kind, id: null, name: '', label: '', organisation: null })

type Person = { id: string; name: string; label: string; organisation: { kind: string; name: string } }
const personOf = ({ id, name, label, organisation }: Person): Candidate => ({
  key: `person:${id}`,
  kind: 'person',
  id,
  name,
  label,
  organisation: organisation.kind === 'in_house' ? null : organisation.name,
})
