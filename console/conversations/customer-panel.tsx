import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ConversationView, listConversations } from '../../contract/conversations.ts'
import { type CustomerView, getCustomer } from '../../contract/customers.ts'
import { LoadingRows } from '../../ui/loading-rows.tsx'
import { PersonAvatar } from '../../ui/person-avatar.tsx'
import { useReader } from '../../ui/reader.ts'
import { Time } from '../../ui/time.tsx'
import { ask } from '../api.ts'
import { CouldNotLoad } from '../shell/failure.tsx'
import { useMay } from '../shell/session.ts'
import css from './customer-panel.module.css'
import { DeleteDialog } from './delete-dialog.tsx'

/** Who one is talking to: how to reach them, how the relationship stands, what they wrote before. */
export function CustomerPanel({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation()
  const id = conversation.customer?.id
  const { data, error, isError, refetch } = useQuery({
    ...ask(getCustomer, { params: { customerId: id ?? '' } }),
    enabled: id !== undefined,
  })
  if (!id) return <p className={css.none}>{t('customer.noneWords')}</p>
  if (isError) return <CouldNotLoad error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingRows label={t('say.loading')} rows={3} />
  return (
    <div className={css.panel}>
      <Who customer={data} />
      <Reach customer={data} />
      <Relationship customer={data} />
      <Others conversation={conversation} />
      <Before conversation={conversation} customer={data} />
      <Farewell customer={data} />
    </div>
  )
}

const nameOf = (it: CustomerView) => it.name || it.contactPoints[0]?.value || ''

function Who({ customer }: { customer: CustomerView }) {
  const line = [customer.company?.name, customer.plan].filter(Boolean).join(' · ')
  return (
    <div className={css.who}>
      <PersonAvatar name={nameOf(customer)} side="customer" size="lg" />
      <div>
        <h2 dir="auto">{nameOf(customer)}</h2>
        {line && <p className={css.meta}>{line}</p>}
      </div>
    </div>
  )
}

function Reach({ customer }: { customer: CustomerView }) {
  const { t } = useTranslation()
  const points = customer.contactPoints.filter((it) => it.kind !== 'visitor')
  if (points.length === 0) return null
  return (
    <section className={css.section}>
      <h3>{t('customer.addresses')}</h3>
      <ul>
        {points.map((it) => (
          <li key={it.value} className={css.address} dir="ltr">
            {it.value}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Relationship({ customer }: { customer: CustomerView }) {
  const { t } = useTranslation()
  const { locale } = useReader()
  const day = (it: string | null) => it && new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(it))
  const lines: [string, string | null | undefined][] = [
    [t('customer.company'), customer.company?.name],
    [t('customer.since'), day(customer.since ?? customer.company?.since ?? null)],
    [t('customer.until'), day(customer.until ?? customer.company?.until ?? null)],
    [t('customer.stage'), customer.stage ?? customer.company?.stage],
    [t('customer.plan'), customer.plan ?? customer.company?.plan],
    [t('customer.value'), customer.value === null ? null : new Intl.NumberFormat(locale).format(customer.value)],
    [t('customer.reasonLeft'), customer.reasonLeft],
    [t('customer.language'), customer.language && languageName(customer.language, locale)],
    ...Object.entries(customer.fields).map(([key, value]): [string, string] => [key, String(value)]),
  ]
  const known = lines.filter(([, value]) => value)
  if (known.length === 0) return null
  return (
    <section className={css.section}>
      <h3>{t('customer.about')}</h3>
      <dl className={css.facts}>
        {known.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Others({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation()
  const others = conversation.participants.filter((it) => it.customerId !== conversation.customer?.id)
  if (others.length === 0) return null
  return (
    <section className={css.section}>
      <h3>{t('customer.others')}</h3>
      <ul>
        {others.map((it) => (
          <li key={it.address} className={css.other}>
            <PersonAvatar name={it.name || it.address} side={it.admitted ? 'customer' : 'nobody'} size="sm" />
            <span>
              <span dir="auto">{it.name || it.address}</span>
              {!it.admitted && <span className={css.meta}> · {t('customer.stranger')}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Before({ conversation, customer }: { conversation: ConversationView; customer: CustomerView }) {
  const { t } = useTranslation()
  const { data } = useQuery(ask(listConversations, { query: { view: 'all', customer: customer.id, limit: 6 } }))
  const others = (data?.items ?? []).filter((it) => it.id !== conversation.id).slice(0, 5)
  const more = customer.conversations.capped || customer.conversations.count > others.length + 1
  return (
    <section className={css.section}>
      <h3>{t('customer.conversations')}</h3>
      {others.length === 0 && <p className={css.meta}>{t('customer.only')}</p>}
      <ul className={css.before}>
        {others.map((it) => (
          <li key={it.id}>
            <Link to="/inbox/$view/$conversationId" params={{ view: 'all', conversationId: it.id }} search={{ customer: customer.id }}>
              <span dir="auto">{it.subject || t('list.noSubject')}</span>
              <span className={css.meta}>
                {t(`status.${it.status}`)} · <Time at={it.lastMessage?.at ?? it.createdAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {more && (
        <Anchor
          size="xs"
          renderRoot={(props) => <Link to="/inbox/$view" params={{ view: 'all' }} search={{ customer: customer.id }} {...props} />}
        >
          {t('customer.seeAll')}
        </Anchor>
      )}
    </section>
  )
}

function Farewell({ customer }: { customer: CustomerView }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  if (!useMay()('customer.delete')) return null
  return (
    <section className={css.farewell}>
      <Button variant="subtle" color="ink" size="xs" className={css.delete!} onClick={() => setOpened(true)}>
        {t('customer.delete')}
      </Button>
      <DeleteDialog what={{ kind: 'customer', id: customer.id, name: nameOf(customer) }} opened={opened} onClose={() => setOpened(false)} />
    </section>
  )
}

function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
