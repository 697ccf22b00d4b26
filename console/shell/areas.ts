import { IconInbox, IconSettings, IconUsers } from '@tabler/icons-react'

/** The areas that exist, in the order of the rail. */
export const areas = [
  { to: '/inbox', label: 'shell.inbox', icon: IconInbox },
  { to: '/people', label: 'shell.people', icon: IconUsers },
  { to: '/settings', label: 'shell.settings', icon: IconSettings },
] as const
