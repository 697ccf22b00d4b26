import { useMutation, useQueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import type { z } from 'zod'
import {
  type ConversationItem,
  type ConversationView,
  changeConversation,
  countConversations,
  getConversation,
  listConversations,
  markSeen,
  markUnseen,
  readTimeline,
} from '../../contract/conversations.ts'
import { ask, call, keyOf } from '../api.ts'
import { belongs, type LiveState } from '../live/apply.ts'
import { change } from '../live/cache.ts'
import { sentenceOf } from '../shell/complaint.ts'
import { useMe } from '../shell/session.ts'
import { say } from '../shell/toast.tsx'

type Body = z.input<typeof changeConversation.body>
type Guess = Partial<Pick<ConversationItem, 'status' | 'snoozedUntil' | 'owner' | 'team' | 'subject' | 'seenAt' | 'unread'>>

/** A change of a conversation: shown at once, put back when the server refuses. `guess` is how it will look. */
export function useChange(conversationId: string) {
  const client = useQueryClient()
  const guessing = useGuess(conversationId)
  const { mutateAsync } = useMutation({
    mutationFn: ({ body }: { body: Body; guess: Guess }) => call(changeConversation, { params: { conversationId }, body }),
    onMutate: async ({ guess }) => {
      await client.cancelQueries({ queryKey: keyOf(getConversation, { params: { conversationId } }) })
      return guessing(guess)
    },
    onError: (error, _asked, undo) => {
      undo?.()
      void client.invalidateQueries({ queryKey: keyOf(listConversations) })
      say(sentenceOf(error))
    },
    onSuccess: (answer) => client.setQueryData(ask(getConversation, { params: { conversationId } }).queryKey, answer),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keyOf(readTimeline, { params: { conversationId } }).slice(0, 2) })
      void client.invalidateQueries({ queryKey: keyOf(countConversations) })
    },
  })
  return (body: Body, guess: Guess) => mutateAsync({ body, guess }).catch(() => null)
}

/** Seen or not seen, by me. */
export function useSeen(conversationId: string) {
  const guessing = useGuess(conversationId)
  const { mutate } = useMutation({
    mutationFn: (seen: boolean) => call(seen ? markSeen : markUnseen, { params: { conversationId } }),
    onMutate: (seen) => guessing(markOf(seen)),
    onError: (_error, _seen, undo) => undo?.(),
    // A list that was on its way meanwhile may have brought the old mark back.
    onSuccess: (_answer, seen) => void guessing(markOf(seen)),
  })
  return mutate
}

const markOf = (seen: boolean): Guess => ({ unread: !seen, seenAt: seen ? new Date().toISOString() : null })

function useGuess(id: string) {
  const client = useQueryClient()
  const { person } = useMe()
  const viewer = { personId: person?.id ?? '', teamIds: person?.teams.map((it) => it.id as string) ?? [] }
  return (guess: Guess) => change(client, viewer, (state) => guessed(state, id, guess))
}

/** The state as it will be when the server agrees. */
export function guessed(state: LiveState, id: string, guess: Guess): LiveState {
  const opened = state.conversations[id]
  return {
    ...state,
    lists: state.lists.map((list) => ({
      ...list,
      pages: list.pages.map((page) => ({
        ...page,
        items: page.items.flatMap((it) => {
          if (it.id !== id) return [it]
          const next = { ...it, ...guess }
          return belongs(next, list.query, state.viewer) ? [next] : []
        }),
      })),
    })),
    conversations: opened ? { ...state.conversations, [id]: { ...opened, ...guess } as ConversationView } : state.conversations,
  }
}

export const closedWords = (subject: string) => i18next.t('conversation.closedToast', { subject: subject || i18next.t('list.noSubject') })
