import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCut, IconRobot } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { admitParticipant, type ConversationView, getConversation } from '../../contract/conversations.ts'
import type { MessageView } from '../../contract/timeline.ts'
import { ask, call } from '../api.ts'
import { sentenceOf } from '../shell/complaint.ts'
import { useMay } from '../shell/session.ts'
import { say } from '../shell/toast.tsx'
import css from './timeline.module.css'

const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const

/** What one must know before trusting a message, or before thinking it is all. */
export function Notices({ message, conversation }: { message: MessageView; conversation: ConversationView }) {
  const { t } = useTranslation()
  const address = message.from?.address
  const participant = conversation.participants.find((it) => it.address === address)
  const stranger = message.author.kind === 'stranger' && participant?.admitted !== true
  return (
    <>
      {message.truncated && (
        <p className={css.notice}>
          <IconCut {...icon} />
          <span className={css.warning}>{t('message.truncatedWords')}</span>
        </p>
      )}
      {message.automatic && (
        <p className={css.notice}>
          <IconRobot {...icon} />
          <span className={css.warning}>{t('message.automaticWords')}</span>
        </p>
      )}
      {message.marks.includes('unproven_colleague') && (
        <p className={css.notice} data-kind="warning">
          <IconAlertTriangle {...icon} />
          <span className={css.warning}>{t('message.unprovenWords')}</span>
        </p>
      )}
      {message.marks.includes('unproven_sender') && (
        <p className={css.notice} data-kind="warning">
          <IconAlertTriangle {...icon} />
          <span className={css.warning}>{t('message.unprovenSenderWords', { name: message.author.name || address })}</span>
        </p>
      )}
      {stranger && address && <Stranger conversation={conversation} address={address} name={message.author.name || address} />}
    </>
  )
}

function Stranger({ conversation, address, name }: { conversation: ConversationView; address: string; name: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const may = useMay()('conversation.admit')
  const params = { conversationId: conversation.id }
  const { mutate, isPending } = useMutation({
    mutationFn: () => call(admitParticipant, { params: { ...params, address } }),
    onSuccess: (answer) => client.setQueryData(ask(getConversation, { params }).queryKey, answer),
    onError: (error) => say(sentenceOf(error)),
  })
  return (
    <div className={css.notice} data-kind="warning">
      <IconAlertTriangle {...icon} />
      <span className={css.warning}>{t('message.strangerWords', { name })}</span>
      {may && (
        <Button size="xs" loading={isPending} onClick={() => mutate()}>
          {t('message.admit')}
        </Button>
      )}
    </div>
  )
}
