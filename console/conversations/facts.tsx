import { useTranslation } from 'react-i18next'
import type { Address } from '../../contract/mail.ts'
import type { MessageView } from '../../contract/timeline.ts'
import { fullMoment } from '../../ui/moment.ts'
import { useReader } from '../../ui/reader.ts'
import css from './timeline.module.css'

/** Everybody it went to and when, for whoever asks. */
export function Facts({ message }: { message: MessageView }) {
  const { t } = useTranslation()
  const { locale } = useReader()
  const lines: [string, string][] = [
    [t('message.from'), message.from ? written(message.from) : ''],
    [t('message.toLabel'), message.to.map(written).join(', ')],
    [t('message.cc'), message.cc.map(written).join(', ')],
    [t('message.subject'), message.subject ?? ''],
    [t('message.sent'), message.sentAt ? fullMoment(new Date(message.sentAt), locale) : ''],
    [t('message.received'), fullMoment(new Date(message.at), locale)],
  ]
  return (
    <dl className={css.facts}>
      {lines
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
    </dl>
  )
}

const written = ({ name, address }: Address) => (name && name !== address ? `${name} <${address}>` : address)
