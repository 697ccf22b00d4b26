import { useMantineColorScheme } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { rememberView } from '../conversations/landing.ts'
import { type Action, useActions } from './actions.ts'
import { openHelp } from './help-sheet.tsx'
import { palette } from './palette-store.ts'
import { useSignOut } from './session.ts'

const places = {
  inbox: '/inbox',
  people: '/people',
  teams: '/people/teams',
  settings: '/settings',
  quarantine: '/settings/quarantine',
  profile: '/settings/profile',
} as const

/** What can be done from anywhere. */
export function useStandingActions() {
  const navigate = useNavigate()
  const signOut = useSignOut()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = (it: 'light' | 'dark' | 'auto'): Action => ({
    id: it,
    label: `action.${it}`,
    group: 'look',
    perform: () => setColorScheme(it),
  })
  const unassigned = () => {
    rememberView({ view: 'unassigned' })
    void navigate({ to: '/inbox/$view', params: { view: 'unassigned' } })
  }
  const go = (id: keyof typeof places, keys?: string): Action => ({
    id,
    label: `action.${id}`,
    group: 'go',
    ...(keys ? { keys } : {}),
    perform: () => void navigate({ to: places[id] }),
  })
  useActions([
    { id: 'palette', label: 'action.palette', group: 'go', keys: 'mod+k', perform: palette.toggle },
    go('inbox', 'g i'),
    { id: 'unassigned', label: 'action.unassigned', group: 'go', keys: 'g u', perform: unassigned },
    go('people', 'g p'),
    go('teams', 'g t'),
    go('settings', 'g s'),
    go('quarantine', 'g q'),
    go('profile'),
    { id: 'help', label: 'action.help', group: 'look', keys: '?', perform: openHelp },
    scheme('light'),
    scheme('dark'),
    scheme('auto'),
    { id: 'signOut', label: 'action.signOut', group: 'look', perform: () => void signOut() },
  ])
}
