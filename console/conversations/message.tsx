import { Badge } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationView } from '../../contract/conversations.ts'
import type { MessageView } from '../../contract/timeline.ts'
import { PersonAvatar } from '../../ui/person-avatar.tsx'
import { Said } from '../../ui/thread.tsx'
import { Time } from '../../ui/time.tsx'
import { useMe } from '../shell/session.ts'
import { Attachments } from './attachments.tsx'
import { Delivery } from './delivery.tsx'
import { Facts } from './facts.tsx'
import { MessageBody } from './message-body.tsx'
import { MessageMenu } from './message-menu.tsx'
import { Notices } from './notices.tsx'
import css from './timeline.module.css'
import { Trust } from './trust.tsx'

type Props = { message: MessageView; conversation: ConversationView; fresh: boolean; unread: boolean }

/** One thing said: by whom, to whom, when, and the words. */
export function Message({ message, conversation, fresh, unread }: Props) {
  const { t } = useTranslation()
  const me = useMe().person?.id
  const [facts, setFacts] = useState(false)
  const side = message.direction === 'internal' ? 'note' : message.direction === 'out' ? 'ours' : 'theirs'
  const mine = message.author.id !== null && message.author.id === me
  const name = mine ? t('say.you') : message.author.name || message.from?.address || t('list.unknown')
  return (
    <Said fresh={fresh} mark={<PersonAvatar name={message.author.name || (message.from?.address ?? '')} side={sideOf(message)} />}>
      <article
        className={css.body}
        data-side={side}
        data-state={message.delivery?.state === 'queued' ? 'sending' : undefined}
        data-unread={unread || undefined}
        aria-label={t('message.body', { name })}
      >
        <header className={css.head}>
          <b className={css.who} dir="auto">
            {name}
          </b>
          <span className={css.meta}>
            {side === 'note' ? t('message.note') : recipients(message, t('message.to', { names: namesOf(message) }))}
          </span>
          <span className={css.marks}>
            {unread && <Badge color="accent">{t('message.unread')}</Badge>}
            {[message.automatic, ...message.marks].map(
              (mark) =>
                mark &&
                mark !== 'stranger' && (
                  <Badge key={mark} color={mark.startsWith('unproven_') ? 'warning' : 'ink'}>
                    {t(`message.automatic.${mark}`)}
                  </Badge>
                ),
            )}
          </span>
          <span className={css.end}>
            {message.authentication && <Trust authentication={message.authentication} />}
            <Time at={message.at} precise />
            {side !== 'note' && <MessageMenu message={message} facts={facts} onFacts={() => setFacts(!facts)} />}
          </span>
        </header>
        {facts && <Facts message={message} />}
        <MessageBody message={message} name={name} />
        <Attachments message={message} />
        <Notices message={message} conversation={conversation} />
        {message.delivery && (
          <Delivery
            message={message}
            delivery={message.delivery}
            conversationId={conversation.id}
            mayRetry={conversation.can.includes('conversation.reply')}
          />
        )}
      </article>
    </Said>
  )
}

function sideOf({ author }: MessageView) {
  if (author.kind === 'customer' || author.kind === 'stranger') return 'customer'
  return author.organisation ? 'partner' : author.kind === 'person' ? 'colleague' : 'nobody'
}

const recipients = (message: MessageView, words: string) => (message.to.length > 0 ? words : '')
const namesOf = (message: MessageView) =>
  [...message.to, ...message.cc]
    .slice(0, 3)
    .map((it) => it.name || it.address)
    .join(', ') + (message.to.length + message.cc.length > 3 ? ' …' : '')
