import { useMantineColorScheme } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { rememberView } from '../conversations/landing.ts'
import { type Action, useActions } from './actions.ts'
import { openHelp } from './help-sheet.tsx'
import { palette } from './palette-store.ts'
import { useSignOut } from './session.ts'

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
  useActions([
    { id: 'palette', label: 'action.palette', group: 'go', keys: 'mod+k', perform: palette.toggle },
    { id: 'inbox', label: 'action.inbox', group: 'go', keys: 'g i', perform: () => void navigate({ to: '/inbox' }) },
    {
      id: 'unassigned',
      label: 'action.unassigned',
      group: 'go',
      keys: 'g u',
      perform: () => {
        rememberView({ view: 'unassigned' })
        void navigate({ to: '/inbox/$view', params: { view: 'unassigned' } })
      },
    },
    { id: 'people', label: 'action.people', group: 'go', keys: 'g p', perform: () => void navigate({ to: '/people' }) },
    { id: 'teams', label: 'action.teams', group: 'go', keys: 'g t', perform: () => void navigate({ to: '/people/teams' }) },
    { id: 'settings', label: 'action.settings', group: 'go', keys: 'g s', perform: () => void navigate({ to: '/settings' }) },
    {
      id: 'quarantine',
      label: 'action.quarantine',
      group: 'go',
      keys: 'g q',
      perform: () => void navigate({ to: '/settings/quarantine' }),
    },
    { id: 'profile', label: 'action.profile', group: 'go', perform: () => void navigate({ to: '/settings/profile' }) },
    { id: 'help', label: 'action.help', group: 'look', keys: '?', perform: openHelp },
    scheme('light'),
    scheme('dark'),
    scheme('auto'),
    { id: 'signOut', label: 'action.signOut', group: 'look', perform: () => void signOut() },
  ])
}
