import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { readTimeline, writeMessage } from '../../contract/conversations.ts'
import type { Me } from '../../contract/identity.ts'
import type { MessageView, TimelineEntry } from '../../contract/timeline.ts'
import { call, keyOf } from '../api.ts'
import { useMe } from '../shell/session.ts'
import { say } from '../shell/toast.tsx'

type Pages = InfiniteData<{ items: TimelineEntry[]; next: string | null }, string | undefined>

type Sent = { text: string; onArrived: (text: string) => void; onFailed: () => void }

const sendingId = 'sending'
export const isSending = (message: MessageView) => message.id.startsWith(sendingId)

/** Writes a note. It stands in the timeline at once; when the server refuses, it leaves again and `onFailed` keeps its text. */
export function useNote(conversationId: string) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const me = useMe()
  const params = { conversationId }
  const key = keyOf(readTimeline, { params })
  const change = (to: (items: TimelineEntry[]) => TimelineEntry[]) =>
    client.setQueryData<Pages>(key, (data) => {
      const last = data?.pages.at(-1)
      return data && last ? { ...data, pages: data.pages.with(-1, { ...last, items: to(last.items) }) } : data
    })
  const { mutate } = useMutation({
    mutationFn: ({ text }: Sent) => call(writeMessage, { params, body: { kind: 'note', text } }),
    onMutate: async ({ text }) => {
      await client.cancelQueries({ queryKey: key })
      const shown = sending(text, me)
      change((items) => [...items, shown])
      return shown.id
    },
    onSuccess: (note, { text, onArrived }, id) => {
      onArrived(text)
      change((items) => [...items.filter((it) => it.id !== id && it.id !== note.id), note])
    },
    onError: (_error, { onFailed }, id) => {
      change((items) => items.filter((it) => it.id !== id))
      onFailed()
      say(t('note.failed'))
    },
  })
  return (sent: Sent) => mutate(sent)
}

function sending(text: string, { person }: Me): MessageView {
  const at = new Date().toISOString()
  return {
    type: 'message',
    id: `${sendingId}-${at}`,
    at,
    medium: 'email',
    direction: 'internal',
    author: { kind: 'person', id: person?.id ?? null, name: person?.name ?? '', organisation: null },
    from: null,
    to: [],
    cc: [],
    subject: null,
    text,
    replyText: text,
    quotedText: '',
    html: null,
    quotedHtml: null,
    remoteImages: 0,
    attachments: [],
    sentAt: null,
    startedAt: null,
    endedAt: null,
    automatic: null,
    marks: [],
    authentication: null,
    hasSource: false,
    delivery: null,
  }
}
