import { useTranslation } from 'react-i18next'
import { Area } from '../shell/page.tsx'
import { useMay } from '../shell/session.ts'

export { Channels } from '../mail/channels.tsx'
export { Quarantine } from '../mail/quarantine.tsx'
export { ApiKeys } from './api-keys.tsx'
export { Profile } from './profile.tsx'

/** What concerns oneself, and what concerns this Sinew. */
export function SettingsArea() {
  const { t } = useTranslation()
  const may = useMay()
  const tabs = [
    { to: '/settings/profile', label: t('profile.title') },
    ...(may('channel.read') ? [{ to: '/settings/channels', label: t('channels.title') }] : []),
    ...(may('quarantine.read') ? [{ to: '/settings/quarantine', label: t('mail.quarantine') }] : []),
    ...(may('api_key.read') ? [{ to: '/settings/api-keys', label: t('keys.title') }] : []),
  ]
  return <Area title={t('settings.title')} tabs={tabs} />
}
