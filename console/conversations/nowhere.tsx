import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/empty-state.tsx'

/** No conversation is open yet. */
export function Nowhere() {
  const { t } = useTranslation()
  return (
    <div style={{ flex: 1, display: 'flex', justifyContent: 'center' }}>
      <EmptyState title={t('conversation.pick')}>{t('conversation.pickWords')}</EmptyState>
    </div>
  )
}
