import { Menu, useMantineColorScheme } from '@mantine/core'
import { IconCheck, IconKeyboard, IconLogout, IconUserCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PersonAvatar } from '../../ui/person-avatar.tsx'
import { openHelp } from './help-sheet.tsx'
import css from './rail.module.css'
import { useMe, useSignOut } from './session.ts'

const schemes = ['light', 'dark', 'auto'] as const
const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const

/** Me, and what concerns only me. */
export function AccountMenu({ className }: { className: string }) {
  const { t } = useTranslation()
  const { person } = useMe()
  const signOut = useSignOut()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const name = person?.name ?? ''
  return (
    <Menu position="right-end" offset={8} width={230}>
      <Menu.Target>
        <button type="button" className={`${className} ${css.you}`} aria-label={t('shell.you', { name })}>
          <PersonAvatar name={name} side={person?.organisation.kind === 'in_house' ? 'colleague' : 'partner'} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{name}</Menu.Label>
        <Menu.Item
          data-autofocus
          leftSection={<IconUserCircle {...icon} />}
          renderRoot={(props) => <Link to="/settings/profile" {...props} />}
        >
          {t('shell.profile')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard {...icon} />} onClick={openHelp}>
          {t('shell.keys')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('shell.scheme')}</Menu.Label>
        {schemes.map((it) => (
          <Menu.Item
            key={it}
            leftSection={colorScheme === it ? <IconCheck {...icon} /> : <span style={{ inlineSize: 16 }} />}
            aria-current={colorScheme === it}
            closeMenuOnClick={false}
            onClick={() => setColorScheme(it)}
          >
            {t(`shell.${it}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout {...icon} className="turns" />} onClick={() => void signOut()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
