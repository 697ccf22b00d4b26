import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { ApiError } from '../api.ts'
import { codeOf, sentenceOf } from './complaint.ts'

/** A part of the screen could not be loaded. */
export function CouldNotLoad({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  if (error instanceof ApiError && error.status === 403) return <EmptyState title={t('error.forbidden')}>{sentenceOf(error)}</EmptyState>
  return (
    <ErrorState
      title={t('error.load')}
      action={
        <Button variant="filled" onClick={onRetry}>
          {t('say.retry')}
        </Button>
      }
      details={{ label: t('say.details'), text: codeOf(error) }}
    >
      {sentenceOf(error)}
    </ErrorState>
  )
}

/** A whole page broke: ours to repair, theirs to load again. */
export function BrokenPage({ error }: { error: unknown }) {
  const { t } = useTranslation()
  return (
    <ErrorState
      title={t('error.page')}
      action={
        <Button variant="filled" onClick={() => location.reload()}>
          {t('error.reload')}
        </Button>
      }
      details={{ label: t('say.details'), text: codeOf(error) }}
    >
      {t('error.pageWords')}
    </ErrorState>
  )
}

export function MissingPage() {
  const { t } = useTranslation()
  return (
    <EmptyState
      title={t('error.missing')}
      action={<Button renderRoot={(props) => <Link to="/" {...props} />}>{t('error.toInbox')}</Button>}
    >
      {t('error.missingWords')}
    </EmptyState>
  )
}
