import { Button, Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deleteQuarantined, listQuarantine, type QuarantinedMail, readQuarantinedSource, retryQuarantined } from '../../contract/mail.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LoadingRows } from '../../ui/loading-rows.tsx'
import { useReader } from '../../ui/reader.ts'
import { Time } from '../../ui/time.tsx'
import { ask, call } from '../api.ts'
import { sizeWords } from '../conversations/size-words.ts'
import text from '../conversations/timeline.module.css'
import { CouldNotLoad } from '../shell/failure.tsx'
import { FormDialog } from '../shell/form-dialog.tsx'
import { Listed } from '../shell/listed.tsx'
import css from '../shell/page.module.css'
import { Section } from '../shell/page.tsx'
import { useMay } from '../shell/session.ts'
import { say } from '../shell/toast.tsx'
import { useDeed } from '../shell/use-deed.ts'
import { useTitle } from '../shell/use-title.ts'
import { usePages } from '../use-pages.ts'

/** Mail nobody could read: nothing is lost, and a person decides. */
export function Quarantine() {
  const { t } = useTranslation()
  useTitle(t('mail.quarantine'))
  const asked = usePages(listQuarantine)
  return (
    <Section title={t('mail.quarantine')} words={t('mail.quarantineWords')}>
      <Listed asked={asked} empty={<EmptyState title={t('mail.empty')}>{t('mail.emptyWords')}</EmptyState>}>
        {(it) => <Mail mail={it} />}
      </Listed>
    </Section>
  )
}

function Mail({ mail }: { mail: QuarantinedMail }) {
  const { t } = useTranslation()
  const { locale } = useReader()
  const may = useMay()('quarantine.resolve')
  const [looking, setLooking] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const params = { inboundId: mail.id }
  const retry = useDeed(async () => {
    const { outcome } = await call(retryQuarantined, { params })
    say(t(outcome === 'quarantined' ? 'mail.still' : 'mail.released'))
  }, [listQuarantine.path])
  const remove = useDeed(() => call(deleteQuarantined, { params }), [listQuarantine.path], t('delete.done'))
  const subject = mail.subject || t('mail.noSubject')
  const reason = mail.reason === 'unreadable' || mail.reason === 'failed' ? t(`mail.reason.${mail.reason}`) : mail.reason
  return (
    <>
      <div className={css.main}>
        <b dir="auto">{subject}</b>
        <span className={css.meta}>
          {mail.envelopeFrom || t('mail.noSender')} {mail.envelopeTo.length > 0 && t('mail.to', { addresses: mail.envelopeTo.join(', ') })}
        </span>
        <span className={css.meta}>
          {reason} · {sizeWords(mail.size, locale)} · {t('mail.tries', { count: mail.attempts })} · <Time at={mail.receivedAt} precise />
        </span>
      </div>
      <div className={css.side}>
        <Button size="xs" onClick={() => setLooking(true)} aria-label={`${t('mail.look')}: ${subject}`}>
          {t('mail.look')}
        </Button>
        {may && (
          <>
            <Button
              size="xs"
              loading={retry.isPending}
              onClick={() => retry.mutate(undefined)}
              aria-label={`${t('mail.retry')}: ${subject}`}
            >
              {t('mail.retry')}
            </Button>
            <Button
              size="xs"
              variant="subtle"
              color="danger"
              onClick={() => setDeleting(true)}
              aria-label={`${t('mail.delete')}: ${subject}`}
            >
              {t('mail.delete')}
            </Button>
          </>
        )}
      </div>
      <Drawer
        opened={looking}
        onClose={() => setLooking(false)}
        size="xl"
        title={t('message.source')}
        closeButtonProps={{ 'aria-label': t('say.close') }}
      >
        {looking && <Source inboundId={mail.id} />}
      </Drawer>
      <FormDialog
        title={t('mail.delete')}
        action={t('mail.delete')}
        danger
        opened={deleting}
        onClose={() => setDeleting(false)}
        onSubmit={() => remove.mutateAsync(undefined)}
      >
        <p>{t('mail.deleteWords')}</p>
      </FormDialog>
    </>
  )
}

function Source({ inboundId }: { inboundId: string }) {
  const { t } = useTranslation()
  const { data, error, isError, refetch } = useQuery({
    ...ask(readQuarantinedSource, { params: { inboundId } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (isError) return <CouldNotLoad error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <LoadingRows label={t('say.loading')} avatars={false} />
  if (String(data) === '') return <p className={css.words}>{t('mail.nothing')}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and the keyboard must be able to
    <pre className={text.source} tabIndex={0} dir="ltr">
      {String(data)}
    </pre>
  )
}
