import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/empty-state.tsx'

const known = ['mine', 'unassigned', 'waiting', 'snoozed', 'closed', 'open', 'team'] as const

/** An empty view says why, which is mostly good news. */
export function EmptyList({ view }: { view: string }) {
  const { t } = useTranslation()
  const kind = known.find((it) => it === view) ?? 'open'
  const action = kind === 'mine' && (
    <Button renderRoot={(props) => <Link to="/inbox/$view" params={{ view: 'unassigned' }} {...props} />}>
      {t('list.empty.mineAction')}
    </Button>
  )
  return (
    <EmptyState title={t(`list.empty.${kind}`)} action={action}>
      {t(`list.empty.${kind}Words`)}
    </EmptyState>
  )
}
