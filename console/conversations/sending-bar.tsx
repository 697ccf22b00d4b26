import { IconArrowBackUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Shortcut, useSpokenKeys } from '../shell/shortcut.tsx'
import css from './composer.module.css'

type Props = { name: string; seconds: number; busy: boolean; onUndo: () => void }

/** The few seconds in which a reply can be taken back. */
export function SendingBar({ name, seconds, busy, onUndo }: Props) {
  const { t } = useTranslation()
  const spoken = useSpokenKeys()
  return (
    <div className={css.bar}>
      <span className={css.barWords}>{t('reply.sendingIn', { name, seconds })}</span>
      <button type="button" className={css.undo} disabled={busy} aria-keyshortcuts={spoken('z')} onClick={onUndo}>
        <IconArrowBackUp size={16} stroke={1.75} aria-hidden="true" />
        {t('say.undo')}
        <Shortcut keys="z" />
      </button>
      <span className={css.left} style={{ inlineSize: `${Math.min(100, seconds * 10)}%` }} />
    </div>
  )
}
