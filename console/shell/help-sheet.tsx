import { Modal } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { type Action, currentActions } from './actions.ts'
import css from './help-sheet.module.css'
import { pressed } from './keys.ts'
import { Shortcut, useKeysAlone } from './shortcut.tsx'

let opened = false
const listeners = new Set<() => void>()
const set = (to: boolean) => {
  opened = to
  for (const it of listeners) it()
}
export const openHelp = () => set(true)

const groups: Action['group'][] = ['go', 'conversation', 'write', 'look']

/** Every key that does something here, and what. */
export function HelpSheet() {
  const { t } = useTranslation()
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => opened,
  )
  const [alone] = useKeysAlone()
  const actions = shown ? currentActions().filter((it) => it.keys && pressed(it.keys, alone)) : []
  return (
    <Modal opened={shown} onClose={() => set(false)} title={t('help.title')} size="lg" closeButtonProps={{ 'aria-label': t('say.close') }}>
      <p className={css.words}>{t(alone ? 'help.words' : 'help.wordsAlt')}</p>
      <div className={css.groups}>
        {groups
          .map((group) => ({ group, items: actions.filter((it) => it.group === group) }))
          .filter(({ items }) => items.length > 0)
          .map(({ group, items }) => (
            <section key={group}>
              <h3 className={css.group}>{t(`palette.group.${group}`)}</h3>
              <dl>
                {items.map((it) => (
                  <div key={it.id} className={css.line}>
                    <dt>{t(it.label)}</dt>
                    <dd>
                      <Shortcut keys={it.keys!} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
    </Modal>
  )
}
