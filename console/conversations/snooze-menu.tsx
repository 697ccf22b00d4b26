import { ActionIcon, Button, Menu, TextInput, Tooltip } from '@mantine/core'
import { IconMoon } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shortMoment } from '../../ui/moment.ts'
import { useReader } from '../../ui/reader.ts'
import css from './conversation.module.css'
import { inAWeek, laterToday, mondayMorning, tomorrowMorning } from './snooze.ts'

type Props = { opened: boolean; onChange: (opened: boolean) => void; onPick: (until: Date) => void }

/** Out of sight until a time one picks in one click. */
export function SnoozeMenu({ opened, onChange, onPick }: Props) {
  const { t } = useTranslation()
  const { now, locale } = useReader()
  const [custom, setCustom] = useState('')
  const choices = [
    { label: t('snooze.later'), at: laterToday(now) },
    { label: t('snooze.tomorrow'), at: tomorrowMorning(now) },
    { label: t('snooze.monday'), at: mondayMorning(now) },
    { label: t('snooze.week'), at: inAWeek(now) },
  ]
  const past = custom !== '' && new Date(custom) <= now
  return (
    <Menu opened={opened} onChange={onChange} width={270}>
      <Menu.Target>
        <Tooltip label={t('snooze.label')}>
          <ActionIcon aria-label={t('snooze.label')} aria-keyshortcuts="S">
            <IconMoon size={16} stroke={1.75} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('snooze.sooner')}</Menu.Label>
        {choices.map(
          ({ label, at }) =>
            at && (
              <Menu.Item
                key={label}
                rightSection={<span className={css.when}>{shortMoment(at, now, locale)}</span>}
                onClick={() => onPick(at)}
              >
                {label}
              </Menu.Item>
            ),
        )}
        <Menu.Divider />
        <form
          className={css.another}
          onSubmit={(event) => {
            event.preventDefault()
            if (!custom || past) return
            onChange(false)
            onPick(new Date(custom))
          }}
        >
          <TextInput
            type="datetime-local"
            label={t('snooze.custom')}
            value={custom}
            error={past && t('snooze.past')}
            onChange={(event) => setCustom(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" disabled={!custom || past}>
            {t('snooze.action')}
          </Button>
        </form>
      </Menu.Dropdown>
    </Menu>
  )
}
