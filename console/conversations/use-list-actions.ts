import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { ConversationItem } from '../../contract/conversations.ts'
import { useActions } from '../shell/actions.ts'

const rowOf = (id: string | undefined) => document.querySelector<HTMLElement>(`[data-row="${id}"]`)
const focused = () => document.activeElement?.closest('[data-row]')?.getAttribute('data-row') ?? undefined

/** J and K walk through the list: from the open conversation to its neighbours, else from row to row. */
export function useListActions(items: readonly ConversationItem[], openId: string | undefined) {
  const go = useGo()
  const step = (by: 1 | -1) => {
    const from = items.findIndex((it) => it.id === (openId ?? focused()))
    const next = items[from < 0 ? 0 : from + by]
    if (!next) return
    if (openId) go(next.id)
    else rowOf(next.id)?.focus()
  }
  const back = () => {
    const from = openId
    go(undefined)
    setTimeout(() => rowOf(from)?.focus())
  }
  useActions([
    { id: 'next', label: 'action.next', group: 'go', keys: 'j', perform: () => step(1) },
    { id: 'previous', label: 'action.previous', group: 'go', keys: 'k', perform: () => step(-1) },
    { id: 'open', label: 'action.open', group: 'go', keys: 'enter', when: () => !openId, perform: () => go(items[0]?.id) },
    { id: 'back', label: 'action.back', group: 'go', keys: 'escape', when: () => openId !== undefined, perform: back },
  ])
}

/** Goes to a conversation of the same view, or back to the list. */
export function useGo() {
  const navigate = useNavigate()
  const { view = 'mine' } = useParams({ strict: false })
  const search = useSearch({ from: '/frame/inbox/$view' })
  return (conversationId: string | undefined) =>
    void (conversationId
      ? navigate({ to: '/inbox/$view/$conversationId', params: { view, conversationId }, search })
      : navigate({ to: '/inbox/$view', params: { view }, search }))
}

/** Where to go when a conversation leaves the list: the one after it, else the one before, else nowhere. */
export function neighbourOf(items: readonly { id: string }[], id: string): string | undefined {
  const at = items.findIndex((it) => it.id === id)
  return at < 0 ? undefined : (items[at + 1] ?? items[at - 1])?.id
}
