import { useMemo, useSyncExternalStore } from 'react'
import { z } from 'zod'

/** A note the server does not have yet. Sent twice under the same `key`, it is written once; `refusal` is why it was not. */
const Unsent = z.object({
  key: z.string(),
  conversationId: z.string(),
  text: z.string(),
  at: z.string(),
  refusal: z.string().optional(),
})
export type Unsent = z.infer<typeof Unsent>

const placeOf = (personId: string) => `sinew.unsent.${personId}`
const listeners = new Set<() => void>()

/** What this person wrote on this device and the server does not have, in the order of writing. */
export const unsentOf = (personId: string): Unsent[] => read(localStorage.getItem(placeOf(personId)))

export function changeUnsent(personId: string, to: (unsent: Unsent[]) => Unsent[]) {
  const next = to(unsentOf(personId))
  if (next.length > 0) localStorage.setItem(placeOf(personId), JSON.stringify(next))
  else localStorage.removeItem(placeOf(personId))
  for (const it of listeners) it()
}

export const putUnsent = (personId: string, note: Pick<Unsent, 'conversationId' | 'text'>) =>
  changeUnsent(personId, (unsent) => [...unsent, { ...note, key: freshKey(), at: new Date().toISOString() }])

/** A word under which something is done once. Not every address a console is opened at is one that browsers trust with randomUUID. */
export const freshKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** The same, kept up to date; other windows of this browser write to it too. */
export function useUnsent(personId: string): Unsent[] {
  const stored = useSyncExternalStore(subscribe, () => localStorage.getItem(placeOf(personId)))
  return useMemo(() => read(stored), [stored])
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

function read(stored: string | null): Unsent[] {
  try {
    return z.array(Unsent).parse(JSON.parse(stored ?? '[]'))
  } catch {
    return []
  }
}
