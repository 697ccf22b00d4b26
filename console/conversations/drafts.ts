import { useState } from 'react'

const keyOf = (conversationId: string) => `sinew.note.${conversationId}`

/** The text one is writing, kept on this device until it is sent. */
export function useDraft(conversationId: string) {
  const [text, setText] = useState(() => localStorage.getItem(keyOf(conversationId)) ?? '')
  const write = (next: string) => {
    setText(next)
    if (next) localStorage.setItem(keyOf(conversationId), next)
    else localStorage.removeItem(keyOf(conversationId))
  }
  return { text, write }
}
