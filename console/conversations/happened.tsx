import type { ParseKeys, TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { HappenedView } from '../../contract/timeline.ts'
import { messageMoment } from '../../ui/moment.ts'
import { useReader } from '../../ui/reader.ts'
import { Knot } from '../../ui/thread.tsx'
import { Time } from '../../ui/time.tsx'

/** One thing that happened, as a sentence of the reader's language. */
export function Happened({ event }: { event: HappenedView }) {
  const { t } = useTranslation()
  const { locale, now } = useReader()
  const moment = (at: unknown) => (typeof at === 'string' ? messageMoment(new Date(at), now, locale) : '')
  return <Knot at={<Time at={event.at} precise />}>{sentence(event, { t, moment })}</Knot>
}

type Tongue = { t: TFunction; moment: (at: unknown) => string }

function sentence({ name, by, whom, facts }: HappenedView, { t, moment }: Tongue): string {
  const who = by.self ? t('happened.you') : (by.name ?? (by.kind === 'system' ? t('happened.system') : t('happened.someone')))
  const say = (key: string, more: object = {}) =>
    t(`happened.${key}` as ParseKeys, { who, ...more, defaultValue: t('happened.other', { who }) }) as string
  switch (name) {
    case 'conversation.started':
      return say(`${name}.${facts.medium ?? 'email'}`)
    case 'conversation.reopened':
      return say(`${name}.${facts.by ?? 'person'}`)
    case 'conversation.snoozed':
      return say(name, { until: moment(facts.until) })
    case 'conversation.assigned':
      return say(...assigned(facts.ownerId, { by, whom }))
    case 'conversation.moved':
      if (facts.teamId === null) return say(`${name}.none`)
      return whom ? say(`${name}.team`, { team: whom.name }) : say(`${name}.unknown`)
    default:
      return say(name)
  }
}

function assigned(ownerId: unknown, { by, whom }: Pick<HappenedView, 'by' | 'whom'>): [string, object] {
  const sentence = 'conversation.assigned'
  if (ownerId === null) return [`${sentence}.none`, {}]
  if (!whom) return [`${sentence}.unknown`, {}]
  if (by.self ? whom.self : whom.name === by.name) return [`${sentence}.self`, {}]
  return whom.self ? [`${sentence}.you`, {}] : [`${sentence}.other`, { owner: whom.name }]
}
