import { Link, Outlet } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import css from './page.module.css'

type Tab = { to: string; label: string; exact?: boolean }

/** An area with its pages as tabs. */
export function Area({ title, tabs }: { title: string; tabs: readonly Tab[] }) {
  return (
    <main className={css.area}>
      <header className={css.head}>
        <h1>{title}</h1>
        <nav className={css.tabs} aria-label={title}>
          {tabs.map(({ to, label, exact = false }) => (
            <Link key={to} to={to} activeOptions={{ exact }} className={css.tab} activeProps={{ 'data-here': true }}>
              {label}
            </Link>
          ))}
        </nav>
      </header>
      <div className={css.scroll}>
        <div className={css.body}>
          <Outlet />
        </div>
      </div>
    </main>
  )
}

/** A part of a page: what it is, in a line what it means, and at the end what one can do. */
export function Section({ title, words, action, children }: { title: string; words?: string; action?: ReactNode; children?: ReactNode }) {
  return (
    <section className={css.section} aria-label={title}>
      <div className={css.top}>
        <div>
          <h2>{title}</h2>
          {words && <p className={css.words}>{words}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}
