import { Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { rememberView } from './landing.ts'
import css from './views.module.css'
import { countWords, type ViewLink } from './views.ts'

type Props = { views: readonly ViewLink[]; here: ViewLink | undefined }

/** The views at the start side, where there is room for them. */
export function ViewsColumn({ views, here }: Props) {
  const { t } = useTranslation()
  const teams = views.filter((it) => it.group === 'teams')
  return (
    <nav className={css.column} aria-label={t('views.label')}>
      <h2 className={css.title}>{t('shell.inbox')}</h2>
      <ul>
        {views
          .filter((it) => it.group === 'standing')
          .map((it) => (
            <Line key={it.key} link={it} here={it === here} />
          ))}
      </ul>
      {teams.length > 0 && (
        <>
          <h3 className={css.group}>{t('views.teams')}</h3>
          <ul>
            {teams.map((it) => (
              <Line key={it.key} link={it} here={it === here} />
            ))}
          </ul>
        </>
      )}
    </nav>
  )
}

function Line({ link, here }: { link: ViewLink; here: boolean }) {
  const { t } = useTranslation()
  return (
    <li>
      <Link
        to="/inbox/$view"
        params={{ view: link.view }}
        search={link.search}
        className={css.link}
        activeProps={{}}
        data-here={here || undefined}
        aria-current={here ? 'page' : undefined}
        onClick={() => rememberView({ view: link.view, team: link.search.team })}
      >
        <span className={css.name}>{link.label}</span>
        <span className={css.count}>{countWords(link.count, t('views.capped'))}</span>
      </Link>
    </li>
  )
}

/** The same views as a menu over the list, where there is not. */
export function ViewsMenu({ views, here }: Props) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <button type="button" className={css.opener}>
          <span className={css.name}>{here?.label ?? t('views.all')}</span>
          <IconChevronDown size={14} stroke={1.75} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {views.map((it) => (
          <Menu.Item
            key={it.key}
            rightSection={<span className={css.count}>{countWords(it.count, t('views.capped'))}</span>}
            aria-current={it === here ? 'page' : undefined}
            data-autofocus={it === (here ?? views[0]) || undefined}
            onClick={() => rememberView({ view: it.view, team: it.search.team })}
            renderRoot={(props) => <Link to="/inbox/$view" params={{ view: it.view }} search={it.search} activeProps={{}} {...props} />}
          >
            {it.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
