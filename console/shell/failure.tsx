import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { ApiError } from '../api.ts'
import { codeOf, sentenceOf } from './complaint.ts'
import css from './page.module.css'
import { useTitle } from './use-title.ts'

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
  const again = (
    <Button variant="filled" onClick={() => location.reload()}>
      {t('error.reload')}
    </Button>
  )
  return (
    <main className={css.whole}>
      <ErrorState level={1} title={t('error.page')} action={again} details={{ label: t('say.details'), text: codeOf(error) }}>
        {error instanceof ApiError ? sentenceOf(error) : t('error.pageWords')}
      </ErrorState>
    </main>
  )
}

export function MissingPage() {
  const { t } = useTranslation()
  useTitle(t('error.missing'))
  const home = <Button renderRoot={(props) => <Link to="/" {...props} />}>{t('error.toInbox')}</Button>
  return (
    <main className={css.whole}>
      <EmptyState level={1} title={t('error.missing')} action={home}>
        {t('error.missingWords')}
      </EmptyState>
    </main>
  )
}
