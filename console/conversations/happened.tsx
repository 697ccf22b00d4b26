import type { ParseKeys, TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { HappenedView } from '../../contract/timeline.ts'
import { messageMoment } from '../../ui/moment.ts'
import { useReader } from '../../ui/reader.ts'
import { Knot } from '../../ui/thread.tsx'
import { Time } from '../../ui/time.tsx'
import { type Names, useNames } from './use-names.ts'

/** One thing that happened, as a sentence of the reader's language. */
export function Happened({ event }: { event: HappenedView }) {
  const { t } = useTranslation()
  const { locale, now } = useReader()
  const names = useNames()
  const moment = (at: unknown) => (typeof at === 'string' ? messageMoment(new Date(at), now, locale) : '')
  return <Knot at={<Time at={event.at} precise />}>{sentence(event, { t, moment, names })}</Knot>
}

type Tongue = { t: TFunction; moment: (at: unknown) => string; names: Names }

function sentence({ name, by, facts }: HappenedView, { t, moment, names }: Tongue): string {
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
      return say(...assigned(String(facts.ownerId ?? ''), by, names))
    case 'conversation.moved': {
      const team = names.team(String(facts.teamId ?? ''))
      return facts.teamId === null ? say(`${name}.none`) : team ? say(`${name}.team`, { team }) : say(`${name}.unknown`)
    }
    default:
      return say(name)
  }
}

function assigned(ownerId: string, by: HappenedView['by'], names: Names): [string, object] {
  const sentence = 'conversation.assigned'
  if (!ownerId) return [`${sentence}.none`, {}]
  const owner = names.person(ownerId)
  if (by.self ? ownerId === names.me : owner !== null && owner === by.name) return [`${sentence}.self`, {}]
  if (ownerId === names.me) return [`${sentence}.you`, {}]
  return owner ? [`${sentence}.other`, { owner }] : [`${sentence}.unknown`, {}]
}
