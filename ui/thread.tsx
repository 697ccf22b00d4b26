import type { ReactNode } from 'react'
import css from './thread.module.css'

/** A list in time, oldest first, tied by the thread. */
export function Thread({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol className={css.timeline} aria-label={label}>
      {children}
    </ol>
  )
}

/** A knot on the thread: one thing that happened, in one line. */
export function Knot({ children, at }: { children: ReactNode; at: ReactNode }) {
  return (
    <li className={css.event}>
      <span>{children}</span>
      {at}
    </li>
  )
}

/** Something someone said, hung on the thread by its speaker's mark. */
export function Said({ mark, children, fresh = false }: { mark: ReactNode; children: ReactNode; fresh?: boolean }) {
  return (
    <li className={css.entry} data-fresh={fresh || undefined}>
      {mark}
      {children}
    </li>
  )
}
