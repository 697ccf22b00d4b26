import type { ReactNode } from 'react'
import css from './states.module.css'

type Props = { title: string; children?: ReactNode; action?: ReactNode; icon?: ReactNode; level?: 1 | 2 }

/** Nothing here, and why that is fine. Without an icon it draws the thread at rest. */
export function EmptyState({ title, children, action, icon, level = 2 }: Props) {
  const Title = level === 1 ? 'h1' : 'h2'
  return (
    <div className={css.state}>
      {icon ? <span className={css.round}>{icon}</span> : <Strands />}
      <Title className={css.title}>{title}</Title>
      {children && <div className={css.words}>{children}</div>}
      {action && <div className={css.actions}>{action}</div>}
    </div>
  )
}

function Strands() {
  return (
    <svg
      className={css.strands}
      width="120"
      height="40"
      viewBox="0 0 120 40"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
    >
      <path d="M0 6C30 6 36 20 50 20M0 20H50M0 34C30 34 36 20 50 20M70 20C84 20 90 6 120 6M70 20H120M70 20C84 20 90 34 120 34" />
      <circle cx="60" cy="20" r="9" strokeDasharray="3.2 3.2" />
    </svg>
  )
}
