import type { ParseKeys } from 'i18next'
import { useEffect, useRef, useSyncExternalStore } from 'react'

/** Something a person can do here: one object for the palette, the shortcut and the help sheet. */
export type Action = {
  id: string
  label: ParseKeys
  group: 'go' | 'conversation' | 'write' | 'look'
  keys?: string
  perform: () => void
  when?: () => boolean
}

let offered: readonly (readonly Action[])[] = []
const listeners = new Set<() => void>()
const tell = () => {
  for (const it of listeners) it()
}

/** Offers actions while the component is on screen. Later screens win over earlier ones for the same key. */
export function useActions(actions: readonly Action[]) {
  const newest = useRef(actions)
  newest.current = actions
  const shape = actions.map((it) => `${it.id} ${it.keys ?? ''}`).join('|')
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is offered changes with its shape; what it does is read when performed
  useEffect(() => {
    const mine = newest.current.map((it, index) => ({
      ...it,
      perform: () => newest.current[index]?.perform(),
      when: () => newest.current[index]?.when?.() ?? true,
    }))
    offered = [...offered, mine]
    tell()
    return () => {
      offered = offered.filter((it) => it !== mine)
      tell()
    }
  }, [shape])
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Everything that can be done right now, one entry per id. */
export function currentActions(): Action[] {
  return [...new Map(offered.flat().map((it) => [it.id, it])).values()].filter((it) => it.when?.() ?? true)
}

export function useOffered(): readonly (readonly Action[])[] {
  return useSyncExternalStore(subscribe, () => offered)
}
