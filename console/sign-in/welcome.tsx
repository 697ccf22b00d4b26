import { Button, CopyButton } from '@mantine/core'
import { IconArrowRight, IconCheck, IconCopy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listChannels } from '../../contract/channels.ts'
import { ask } from '../api.ts'
import { queryOf, useList } from '../conversations/use-list.ts'
import { useMe } from '../shell/session.ts'
import { useTitle } from '../shell/use-title.ts'
import css from './welcome.module.css'

/** What to do first: send a message and watch it arrive. */
export function Welcome() {
  const { t } = useTranslation()
  const name = useMe().person?.name.split(' ')[0] ?? ''
  useTitle(t('welcome.title', { name }))
  const smtp = useQuery(ask(listChannels)).data?.smtp ?? `${location.hostname}:2525`
  const first = useList(queryOf('all', {})).items[0]
  return (
    <main className={css.page}>
      <div className={css.column}>
        <h1 className={css.title}>{t('welcome.title', { name })}</h1>
        <p className={css.lead}>{t('welcome.words')}</p>
        <ol className={css.steps}>
          <Step title={t('welcome.mail')} words={t('welcome.mailWords')} code={mailCommand(smtp)} />
          <Step
            title={t('welcome.api')}
            words={t('welcome.apiWords')}
            code={apiCommand()}
            link={{ to: '/settings/api-keys', label: t('welcome.key') }}
          />
          <li className={css.step} data-done={first ? true : undefined}>
            <div role="status">
              <h2>{first ? t('welcome.arrived') : t('welcome.waiting')}</h2>
              {first && <p className={css.words}>{first.subject || t('list.noSubject')}</p>}
            </div>
            {first && (
              <Button
                variant="filled"
                rightSection={<IconArrowRight size={16} stroke={1.75} className="turns" aria-hidden="true" />}
                renderRoot={(props) => (
                  <Link to="/inbox/$view/$conversationId" params={{ view: 'all', conversationId: first.id }} {...props} />
                )}
              >
                {t('welcome.openIt')}
              </Button>
            )}
          </li>
        </ol>
        <div className={css.next}>
          <Button renderRoot={(props) => <Link to="/settings/channels" {...props} />}>{t('welcome.channels')}</Button>
          <Button renderRoot={(props) => <Link to="/people" {...props} />}>{t('welcome.invite')}</Button>
          <Button renderRoot={(props) => <Link to="/inbox" {...props} />}>{t('welcome.inbox')}</Button>
        </div>
      </div>
    </main>
  )
}

type StepProps = { title: string; words: string; code: string; link?: { to: '/settings/api-keys'; label: string } }

function Step({ title, words, code, link }: StepProps) {
  const { t } = useTranslation()
  return (
    <li className={css.step}>
      <h2>{title}</h2>
      <p className={css.words}>
        {words} {link && <Link to={link.to}>{link.label}</Link>}
      </p>
      <div className={css.code}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and the keyboard must be able to */}
        <pre tabIndex={0} dir="ltr">
          {code}
        </pre>
        <CopyButton value={code}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              className={css.copy!}
              onClick={copy}
              leftSection={copied ? <IconCheck size={14} aria-hidden="true" /> : <IconCopy size={14} aria-hidden="true" />}
            >
              {copied ? t('say.copied') : t('say.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </li>
  )
}

// Commands are the same in every language.
function mailCommand(smtp: string): string {
  const mail = [
    'From: Elena <elena@juniper.example>',
    'To: help@larkspur.example',
    'Subject: Receipts come out blank',
    '',
    'Since this morning every receipt is blank.',
  ]
  return `printf '${mail.join('\\n')}' |\n  curl smtp://${smtp} --mail-from elena@juniper.example \\\n    --mail-rcpt help@larkspur.example -T -`
}

function apiCommand(): string {
  const body = JSON.stringify({
    subject: 'Receipts come out blank',
    message: { text: 'Since this morning.' },
    customer: { email: 'elena@juniper.example' },
  })
  return `curl ${location.origin}/api/v1/conversations \\\n  -H 'Authorization: Bearer YOUR_KEY' -H 'Content-Type: application/json' \\\n  -d '${body}'`
}
