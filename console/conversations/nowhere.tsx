import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useKeysAlone } from '../shell/shortcut.tsx'

/** No conversation is open yet. */
export function Nowhere() {
  const { t } = useTranslation()
  const [alone] = useKeysAlone()
  return (
    <div style={{ flex: 1, display: 'flex', justifyContent: 'center' }}>
      <EmptyState title={t('conversation.pick')}>{t(alone ? 'conversation.pickWords' : 'conversation.pickWordsAlt')}</EmptyState>
    </div>
  )
}
