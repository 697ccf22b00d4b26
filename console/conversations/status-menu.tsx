import { Button, Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ConversationView } from '../../contract/conversations.ts'
import { shortMoment } from '../../ui/moment.ts'
import { useReader } from '../../ui/reader.ts'
import css from './conversation.module.css'

type Verbs = { reopen: () => void; wait: () => void; close: () => void }
const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const

/** How it stands, and how it should. */
export function StatusMenu({ conversation, disabled, verbs }: { conversation: ConversationView; disabled: boolean; verbs: Verbs }) {
  const { t } = useTranslation()
  const { locale, now } = useReader()
  const { status, snoozedUntil } = conversation
  const until = status === 'snoozed' && snoozedUntil
  const words = until ? t('status.until', { when: shortMoment(new Date(until), now, locale) }) : t(`status.${status}`)
  const first = status === 'open' ? 'waiting' : 'open'
  const item = (to: 'open' | 'waiting' | 'closed', perform: () => void) => (
    <Menu.Item
      leftSection={status === to ? <IconCheck {...icon} /> : <span style={{ inlineSize: 16 }} />}
      aria-current={status === to}
      data-autofocus={first === to || undefined}
      disabled={status === to}
      onClick={perform}
    >
      {t(`status.set.${to}`)}
    </Menu.Item>
  )
  return (
    <Menu>
      <Menu.Target>
        <Button
          className={css.plain!}
          variant="subtle"
          color="ink"
          disabled={disabled}
          rightSection={<IconChevronDown {...icon} size={13} />}
          aria-label={`${t('status.label')}: ${words}`}
        >
          {words}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {item('open', verbs.reopen)}
        {item('waiting', verbs.wait)}
        {item('closed', verbs.close)}
      </Menu.Dropdown>
    </Menu>
  )
}
