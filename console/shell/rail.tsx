import { IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Mark } from '../../ui/mark.tsx'
import { AccountMenu } from './account-menu.tsx'
import { apple } from './apple.ts'
import { areas } from './areas.ts'
import { printed } from './keys.ts'
import { palette } from './palette-store.ts'
import css from './rail.module.css'

/** The areas at the start side; on phones a bar at the foot. */
export function Rail() {
  const { t } = useTranslation()
  return (
    <nav className={css.rail} aria-label={t('shell.areas')}>
      <Link to="/" className={css.mark}>
        <Mark size={32} label={t('product')} />
      </Link>
      {areas.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} className={css.area} activeProps={{ 'data-here': true }}>
          <Icon size={20} stroke={1.75} aria-hidden="true" />
          <span className={css.label}>{t(label)}</span>
        </Link>
      ))}
      <div className={css.end}>
        <button type="button" className={css.area} onClick={palette.open} aria-keyshortcuts="Control+K">
          <IconSearch size={20} stroke={1.75} aria-hidden="true" />
          <span className={css.label}>{t('shell.find')}</span>
          <span className={css.keys} aria-hidden="true">
            {printed('mod+k', apple)}
          </span>
        </button>
        <AccountMenu className={css.area!} />
      </div>
    </nav>
  )
}
