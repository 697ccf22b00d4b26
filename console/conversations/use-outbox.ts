import { useNetwork } from '@mantine/hooks'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { writeMessage } from '../../contract/conversations.ts'
import { ApiError, call } from '../api.ts'
import { sentenceOf } from '../shell/complaint.ts'
import { useMe } from '../shell/session.ts'
import { changeUnsent, type Unsent, unsentOf, useUnsent } from './outbox.ts'
import { placeMessage } from './place-message.ts'

const patience = 5_000

/** Sends what was written, one after the other, as soon as the server can be reached. */
export function useOutbox() {
  const client = useQueryClient()
  const { online } = useNetwork()
  const personId = useMe().person?.id ?? ''
  const waiting = useUnsent(personId).filter((it) => !it.refusal).length
  useEffect(() => {
    if (!online || waiting === 0) return
    const send = () => void alone(`sinew.outbox.${personId}`, () => sendAll(client, personId))
    send()
    const timer = setInterval(send, patience)
    return () => clearInterval(timer)
  }, [client, personId, online, waiting])
}

// Several windows share what is unsent: one at a time sends. Without a lock the key of each note still makes it one.
const alone = (name: string, work: () => Promise<void>) => (navigator.locks ? navigator.locks.request(name, work) : work())

async function sendAll(client: QueryClient, personId: string) {
  for (let next = first(personId); next; next = first(personId)) {
    const note = next
    try {
      const written = await call(writeMessage, {
        params: { conversationId: note.conversationId },
        body: { kind: 'note', text: note.text },
        once: note.key,
      })
      placeMessage(client, note.conversationId, written)
      changeUnsent(personId, (unsent) => unsent.filter((it) => it.key !== note.key))
    } catch (error) {
      if (!isRefusal(error)) return
      const refusal = sentenceOf(error)
      changeUnsent(personId, (unsent) => unsent.map((it) => (it.key === note.key ? { ...it, refusal } : it)))
    }
  }
}

const first = (personId: string): Unsent | undefined => unsentOf(personId).find((it) => !it.refusal)

// What may go better later is tried again: no answer, a fault of the server, too many at once, signed out meanwhile.
const isRefusal = (error: unknown) =>
  error instanceof ApiError && error.status >= 400 && error.status < 500 && ![401, 429].includes(error.status)
