import { useState } from 'react'

type DraftKind = 'reply' | 'note'

const keyOf = (kind: DraftKind, conversationId: string) => `sinew.${kind}.${conversationId}`
const kept = (kind: DraftKind, conversationId: string) => localStorage.getItem(keyOf(kind, conversationId)) ?? ''

/** The texts one is writing, a reply and a note, kept on this device until they are sent. */
export function useDrafts(conversationId: string) {
  const [texts, setTexts] = useState({ reply: kept('reply', conversationId), note: kept('note', conversationId) })
  const write = (kind: DraftKind, next: string) => {
    setTexts((before) => ({ ...before, [kind]: next }))
    if (next) localStorage.setItem(keyOf(kind, conversationId), next)
    else localStorage.removeItem(keyOf(kind, conversationId))
  }
  /** Puts words back before whatever was begun since. */
  const putBack = (kind: DraftKind, words: string) => write(kind, [words, kept(kind, conversationId)].filter(Boolean).join('\n\n'))
  return { texts, write, putBack }
}
