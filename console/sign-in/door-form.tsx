import { Button } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import css from './door.module.css'

type Props = { action: string; children: ReactNode; onSubmit: (fields: (name: string) => string) => Promise<string | null> }

/** A form that says in its place what went wrong. `onSubmit` answers the sentence, or null when all is well. */
export function DoorForm({ action, children, onSubmit }: Props) {
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setWrong(await onSubmit((name) => String(form.get(name) ?? '')))
    setBusy(false)
  }
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)}>
      {children}
      <div role="alert">{wrong && <p className={css.wrong}>{wrong}</p>}</div>
      <Button type="submit" variant="filled" loading={busy} fullWidth>
        {action}
      </Button>
    </form>
  )
}
