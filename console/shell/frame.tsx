import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useOutbox } from '../conversations/use-outbox.ts'
import { useLive } from '../live/use-live.ts'
import { ConnectionNotice } from './connection-notice.tsx'
import css from './frame.module.css'
import { HelpSheet } from './help-sheet.tsx'
import { PaletteDoor } from './palette-door.tsx'
import { Rail } from './rail.tsx'
import { useMe } from './session.ts'
import { useStandingActions } from './standing-actions.ts'
import { useShortcuts } from './use-shortcuts.ts'

/** The console around whatever page is open. */
export function Frame() {
  const { t } = useTranslation()
  const connection = useLive(useMe())
  useStandingActions()
  useShortcuts()
  useOutbox()
  return (
    <div className={css.frame}>
      <a className={css.skip} href="#content">
        {t('shell.skip')}
      </a>
      <Rail />
      <div className={css.page} id="content" tabIndex={-1}>
        <ConnectionNotice connection={connection} />
        <Outlet />
      </div>
      <PaletteDoor />
      <HelpSheet />
    </div>
  )
}
