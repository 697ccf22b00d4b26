import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { endMySession, listMySessions } from '../../contract/access.ts'
import { shortMoment } from '../../ui/moment.ts'
import { useReader } from '../../ui/reader.ts'
import { ask, call } from '../api.ts'
import { Listed } from '../shell/listed.tsx'
import css from '../shell/page.module.css'
import { Section } from '../shell/page.tsx'
import { useDeed } from '../shell/use-deed.ts'
import { deviceWords } from './device-words.ts'

/** Where I am signed in, and the way to end each. */
export function Sessions() {
  const { t } = useTranslation()
  const { locale, now } = useReader()
  const asked = useQuery(ask(listMySessions))
  const end = useDeed((sessionId: string) => call(endMySession, { params: { sessionId } }), [listMySessions.path])
  return (
    <Section title={t('profile.sessions')}>
      <Listed asked={asked} empty={null}>
        {(it) => (
          <>
            <div className={css.main}>
              <b>
                {deviceWords(it.device) ?? t('profile.unknownDevice')}
                {it.current && <Badge color="accent">{t('profile.here')}</Badge>}
              </b>
              <span className={css.meta}>
                {[it.address, t('profile.since', { when: shortMoment(new Date(it.createdAt), now, locale) })].filter(Boolean).join(' · ')}
              </span>
            </div>
            {!it.current && (
              <Button size="xs" onClick={() => end.mutate(it.id)}>
                {t('profile.end')}
              </Button>
            )}
          </>
        )}
      </Listed>
    </Section>
  )
}
