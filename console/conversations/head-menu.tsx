import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDots, IconMailOpened, IconPencil, IconTrash, IconUserCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Shortcut } from '../shell/shortcut.tsx'
import css from './conversation.module.css'

type Props = {
  number: number
  may: { change: boolean; delete: boolean }
  onPanel: () => void
  onUnread: () => void
  onRename: () => void
  onDelete: () => void
}

const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const

/** What one rarely does with a conversation. */
export function HeadMenu({ number, may, onPanel, onUnread, onRename, onDelete }: Props) {
  const { t } = useTranslation()
  return (
    <Menu width={230}>
      <Menu.Target>
        <Tooltip label={t('say.more')}>
          <ActionIcon aria-label={t('say.more')}>
            <IconDots {...icon} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('conversation.number', { number })}</Menu.Label>
        <Menu.Item className={css.panelItem!} leftSection={<IconUserCircle {...icon} />} onClick={onPanel}>
          {t('conversation.showPanel')}
        </Menu.Item>
        <Menu.Item data-autofocus leftSection={<IconMailOpened {...icon} />} rightSection={<Shortcut keys="shift+u" />} onClick={onUnread}>
          {t('conversation.unread')}
        </Menu.Item>
        {may.change && (
          <Menu.Item leftSection={<IconPencil {...icon} />} onClick={onRename}>
            {t('conversation.rename')}
          </Menu.Item>
        )}
        {may.delete && (
          <>
            <Menu.Divider />
            <Menu.Item color="danger" leftSection={<IconTrash {...icon} />} onClick={onDelete}>
              {t('conversation.delete')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
