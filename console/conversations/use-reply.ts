import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ConversationView, readTimeline, writeMessage } from '../../contract/conversations.ts'
import { withdrawMessage } from '../../contract/mail-out.ts'
import type { MessageView, TimelineEntry } from '../../contract/timeline.ts'
import { ApiError, call, keyOf } from '../api.ts'
import { sentenceOf } from '../shell/complaint.ts'
import { say } from '../shell/toast.tsx'
import { freshKey } from './outbox.ts'
import { dropMessage, placeMessage } from './place-message.ts'
import { rememberDue } from './sending.ts'

type Body = { kind: 'reply'; text: string; everyone?: true; seenThrough?: string }
type Sending = { key: string; body: Body }

/** Sends a reply and takes it back. What the server refused is a sentence; the text is the composer's to keep. */
export function useReply(conversation: ConversationView, entries: readonly TimelineEntry[]) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const params = { conversationId: conversation.id }
  const [refusal, setRefusal] = useState('')
  const last = useRef<Sending | null>(null)
  const sending = useMutation({
    mutationFn: ({ key, body }: Sending) => call(writeMessage, { params, body, once: key }),
    onMutate: () => setRefusal(''),
    onSuccess: (message) => {
      last.current = null
      rememberDue(message)
      showNow(client, conversation.id, () => placeMessage(client, conversation.id, message))
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) last.current = null
      const newer = error instanceof ApiError && error.code === 'newer_message'
      setRefusal(newer ? t('reply.newer') : t('reply.refused', { sentence: sentenceOf(error) }))
      if (newer) void client.invalidateQueries({ queryKey: keyOf(readTimeline, { params }).slice(0, 2) })
    },
  })
  const undoing = useMutation({
    mutationFn: (message: MessageView) => call(withdrawMessage, { params: { messageId: message.id } }),
    onSuccess: (_words, message) => showNow(client, conversation.id, () => dropMessage(client, conversation.id, message.id)),
    onError: (error) => say(sentenceOf(error)),
  })
  const send = (text: string, everyone: boolean) => {
    const seen = entries.findLast((it) => it.type === 'message' && it.direction === 'in')
    const body: Body = { kind: 'reply', text, ...(everyone ? { everyone } : {}), ...(seen ? { seenThrough: seen.id } : {}) }
    // When no answer came, it may have been written all the same: the very same again is not a second mail.
    const again = last.current && last.current.body.text === text && last.current.body.everyone === body.everyone
    last.current = again ? last.current! : { key: freshKey(), body }
    return sending.mutateAsync(last.current).catch(() => null)
  }
  const undo = (message: MessageView) => undoing.mutateAsync(message).catch(() => null)
  return { send, undo, refusal, forget: () => setRefusal(''), busy: sending.isPending, undoing: undoing.isPending }
}

// A timeline that was asked before would bring back how it was.
function showNow(client: QueryClient, conversationId: string, work: () => void) {
  const queryKey = keyOf(readTimeline, { params: { conversationId } })
  void client.cancelQueries({ queryKey }).then(() => {
    work()
    return client.invalidateQueries({ queryKey: queryKey.slice(0, 2) })
  })
}
