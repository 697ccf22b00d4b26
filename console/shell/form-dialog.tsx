import { Button, Modal } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from './complaint.ts'
import css from './page.module.css'

type Props = {
  title: string
  action: string
  danger?: boolean
  opened: boolean
  onClose: () => void
  /** Answers false to stay open. */
  onSubmit: (form: FormData) => Promise<unknown>
  children: ReactNode
}

/** A few fields and one verb. What the server refuses is said here, and nothing typed is lost. */
export function FormDialog({ title, action, danger = false, opened, onClose, onSubmit, children }: Props) {
  const { t } = useTranslation()
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const close = () => {
    setWrong(null)
    onClose()
  }
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setBusy(true)
    try {
      if ((await onSubmit(new FormData(event.currentTarget))) !== false) close()
    } catch (error) {
      setWrong(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('say.close') }}>
      <form className={css.form} onSubmit={(event) => void submit(event)}>
        {children}
        <div role="alert">{wrong && <p style={{ color: 'var(--danger)' }}>{wrong}</p>}</div>
        <div className={css.end}>
          <Button onClick={close}>{t('say.cancel')}</Button>
          <Button type="submit" variant="filled" {...(danger ? { color: 'danger' } : {})} loading={busy}>
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
