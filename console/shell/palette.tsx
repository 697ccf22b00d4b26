import { Spotlight } from '@mantine/spotlight'
import '@mantine/spotlight/styles.layer.css'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Action, currentActions, useOffered } from './actions.ts'
import css from './palette.module.css'
import { paletteStore } from './palette-store.ts'
import { Shortcut } from './shortcut.tsx'

const groups: Action['group'][] = ['conversation', 'write', 'go', 'look']

/** Everything one can do here, by name. */
export function Palette() {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  useOffered()
  const wanted = query.trim().toLocaleLowerCase()
  const actions = currentActions().filter((it) => it.id !== 'palette' && t(it.label).toLocaleLowerCase().includes(wanted))
  return (
    <Spotlight.Root
      store={paletteStore}
      attributes={{ content: { 'aria-label': t('palette.label') } }}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      classNames={{ content: css.content!, body: css.body! }}
      scrollable
      maxHeight={440}
    >
      <Spotlight.Search
        placeholder={t('palette.label')}
        aria-label={t('palette.label')}
        leftSection={<IconSearch size={18} stroke={1.75} />}
      />
      <Spotlight.ActionsList className={css.list!}>
        {groups
          .map((group) => ({ group, items: actions.filter((it) => it.group === group) }))
          .filter(({ items }) => items.length > 0)
          .map(({ group, items }) => (
            <Spotlight.ActionsGroup key={group} label={t(`palette.group.${group}`)} className={css.group!}>
              {items.map((it) => (
                <Spotlight.Action key={it.id} className={css.action!} onClick={it.perform}>
                  <span className={css.words}>{t(it.label)}</span>
                  {it.keys && <Shortcut keys={it.keys} />}
                </Spotlight.Action>
              ))}
            </Spotlight.ActionsGroup>
          ))}
        {actions.length === 0 && <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
