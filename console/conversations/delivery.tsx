import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconChecks, IconClock } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Delivery as DeliveryView } from '../../contract/mail.ts'
import { retryDelivery } from '../../contract/mail-out.ts'
import type { MessageView } from '../../contract/timeline.ts'
import { call } from '../api.ts'
import { sentenceOf } from '../shell/complaint.ts'
import { say } from '../shell/toast.tsx'
import { placeMessage } from './place-message.ts'
import css from './timeline.module.css'

const icons = { queued: IconClock, sent: IconCheck, delivered: IconChecks, bounced: IconAlertTriangle, failed: IconAlertTriangle }

type Props = { message: MessageView; delivery: DeliveryView; conversationId: string; mayRetry: boolean }

/** What became of a mail of ours, and another try where it did not go out. */
export function Delivery({ message, delivery, conversationId, mayRetry }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { state, note, diagnostic } = delivery
  const { mutate, isPending } = useMutation({
    mutationFn: () => call(retryDelivery, { params: { messageId: message.id } }),
    onSuccess: (answer) => placeMessage(client, conversationId, answer),
    onError: (error) => say(sentenceOf(error)),
  })
  const Icon = icons[state]
  return (
    <div className={css.delivery} data-state={state}>
      <Icon size={14} stroke={1.75} aria-hidden="true" />
      <span className={css.warning}>
        {state === 'sent' && note ? t(`delivery.${note}`) : t(`delivery.${state}`)}
        {diagnostic && state !== 'sent' && state !== 'delivered' && <span className={css.diagnostic}>{diagnostic}</span>}
      </span>
      {state === 'failed' && mayRetry && (
        <Button size="xs" loading={isPending} onClick={() => mutate()}>
          {t('say.retry')}
        </Button>
      )}
    </div>
  )
}
