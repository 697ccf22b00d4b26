import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Mark } from '../../ui/mark.tsx'
import { useTitle } from '../shell/use-title.ts'
import css from './door.module.css'

/** A page before the shell: one question, one action. */
export function Door({ title, words, children, foot }: { title: string; words?: ReactNode; children?: ReactNode; foot?: ReactNode }) {
  const { t } = useTranslation()
  useTitle(title)
  return (
    <main className={css.place}>
      <div className={css.mark}>
        <Mark size={44} label={t('product')} />
      </div>
      <div className={css.card}>
        <h1 className={css.title}>{title}</h1>
        {words && <p className={css.words}>{words}</p>}
        {children}
      </div>
      {foot && <div className={css.foot}>{foot}</div>}
    </main>
  )
}
