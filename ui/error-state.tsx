import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import css from './states.module.css'

type Props = {
  /** What happened. */
  title: string
  /** What is safe, and what to do. */
  children?: ReactNode
  action?: ReactNode
  details?: { label: string; text: string } | undefined
  level?: 1 | 2
}

/** Something failed: what happened, what is safe, what to do. The code waits behind Details. */
export function ErrorState({ title, children, action, details, level = 2 }: Props) {
  const Title = level === 1 ? 'h1' : 'h2'
  const [open, setOpen] = useState(false)
  return (
    <div className={css.state} role="alert">
      <span className={css.round} data-kind="danger">
        <IconAlertTriangle size={20} stroke={1.75} aria-hidden="true" />
      </span>
      <Title className={css.title}>{title}</Title>
      {children && <div className={css.words}>{children}</div>}
      <div className={css.actions}>
        {action}
        {details && (
          <button type="button" className={css.details} aria-expanded={open} onClick={() => setOpen(!open)}>
            {details.label}
          </button>
        )}
      </div>
      {details && open && <pre className={css.code}>{details.text}</pre>}
    </div>
  )
}
