import { ActionIcon, Button, Popover, TextInput, Tooltip, UnstyledButton } from '@mantine/core'
import { IconMoon } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shortMoment } from '../../ui/moment.ts'
import { useReader } from '../../ui/reader.ts'
import { useSpokenKeys } from '../shell/shortcut.tsx'
import css from './conversation.module.css'
import { inAWeek, laterToday, mondayMorning, tomorrowMorning } from './snooze.ts'

type Props = { opened: boolean; onChange: (opened: boolean) => void; onPick: (until: Date) => void }

/** Out of sight until a time one picks in one click. */
export function SnoozeMenu({ opened, onChange, onPick }: Props) {
  const { t } = useTranslation()
  const pick = (until: Date) => {
    onChange(false)
    onPick(until)
  }
  return (
    <Popover opened={opened} onChange={onChange} width={270} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t('snooze.label')}>
          <ActionIcon aria-label={t('snooze.label')} aria-keyshortcuts={useSpokenKeys()('s')} onClick={() => onChange(!opened)}>
            <IconMoon size={16} stroke={1.75} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={t('snooze.label')}>
        <p className={css.hint}>{t('snooze.sooner')}</p>
        <Choices onPick={pick} />
        <AnotherTime onPick={pick} />
      </Popover.Dropdown>
    </Popover>
  )
}

type Picks = { onPick: (until: Date) => void }

function Choices({ onPick }: Picks) {
  const { t } = useTranslation()
  const { now, locale } = useReader()
  const choices = [
    { label: t('snooze.later'), at: laterToday(now) },
    { label: t('snooze.tomorrow'), at: tomorrowMorning(now) },
    { label: t('snooze.monday'), at: mondayMorning(now) },
    { label: t('snooze.week'), at: inAWeek(now) },
  ]
  return (
    <ul>
      {choices.map(
        ({ label, at }) =>
          at && (
            <li key={label}>
              <UnstyledButton className={css.choice!} onClick={() => onPick(at)}>
                {label}
                <span className={css.when}>{shortMoment(at, now, locale)}</span>
              </UnstyledButton>
            </li>
          ),
      )}
    </ul>
  )
}

function AnotherTime({ onPick }: Picks) {
  const { t } = useTranslation()
  const { now } = useReader()
  const [custom, setCustom] = useState('')
  const past = custom !== '' && new Date(custom) <= now
  return (
    <form
      className={css.another}
      onSubmit={(event) => {
        event.preventDefault()
        if (custom && !past) onPick(new Date(custom))
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
  )
}
