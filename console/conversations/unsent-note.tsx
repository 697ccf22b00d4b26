import { Button } from '@mantine/core'
import { IconAlertTriangle, IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PersonAvatar } from '../../ui/person-avatar.tsx'
import { Said } from '../../ui/thread.tsx'
import { Time } from '../../ui/time.tsx'
import { usePatience } from '../../ui/use-patience.ts'
import { useMe } from '../shell/session.ts'
import { changeUnsent, type Unsent } from './outbox.ts'
import css from './timeline.module.css'

const icon = { size: 14, stroke: 1.75, 'aria-hidden': true } as const

/** A note on its way: dashed until the server has it, with its words safe here when the server does not want it. */
export function UnsentNote({ note }: { note: Unsent }) {
  const { t } = useTranslation()
  const me = useMe().person
  return (
    <Said mark={<PersonAvatar name={me?.name ?? ''} />}>
      <article className={css.body} data-side="note" data-state="sending" aria-label={t('message.body', { name: t('say.you') })}>
        <header className={css.head}>
          <b className={css.who}>{t('say.you')}</b>
          <span className={css.meta}>{t('message.note')}</span>
          <span className={css.end}>
            <Time at={note.at} precise />
          </span>
        </header>
        <p className={css.text} dir="auto">
          {note.text}
        </p>
        {note.refusal ? <Refused note={note} personId={me?.id ?? ''} /> : <Waiting />}
      </article>
    </Said>
  )
}

// Most are gone before one could read that they wait.
function Waiting() {
  const { t } = useTranslation()
  const long = usePatience(true, 1_500)
  if (!long) return null
  return (
    <p className={css.delivery}>
      <IconClock {...icon} />
      {t('note.waiting')}
    </p>
  )
}

function Refused({ note, personId }: { note: Unsent; personId: string }) {
  const { t } = useTranslation()
  const again = () => changeUnsent(personId, (unsent) => unsent.map((it) => (it.key === note.key ? { ...it, refusal: undefined } : it)))
  const discard = () => changeUnsent(personId, (unsent) => unsent.filter((it) => it.key !== note.key))
  return (
    <div className={css.notice} data-kind="warning" role="alert">
      <IconAlertTriangle {...icon} />
      <span className={css.warning}>{t('note.refused', { sentence: note.refusal })}</span>
      <Button size="xs" onClick={again}>
        {t('say.retry')}
      </Button>
      <Button size="xs" variant="subtle" color="danger" onClick={discard}>
        {t('note.discard')}
      </Button>
    </div>
  )
}
