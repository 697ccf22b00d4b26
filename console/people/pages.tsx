import { useTranslation } from 'react-i18next'
import { Area } from '../shell/page.tsx'
import { useMay } from '../shell/session.ts'

export { Organisations } from './organisations.tsx'
export { People } from './people.tsx'
export { Teams } from './teams.tsx'

/** Who works here. */
export function PeopleArea() {
  const { t } = useTranslation()
  const may = useMay()
  const tabs = [
    { to: '/people', label: t('people.title'), exact: true },
    { to: '/people/teams', label: t('teams.title') },
    ...(may('organisation.read') ? [{ to: '/people/organisations', label: t('organisations.title') }] : []),
  ]
  return <Area title={t('shell.people')} tabs={tabs} />
}
