import { useEffect } from 'react'
import { currentActions } from './actions.ts'
import { follow, type Press, shortcutOf } from './keys.ts'
import { useKeysAlone } from './shortcut.tsx'

const patience = 1200

// A layer closes itself on Escape before anybody else hears of the press. Whether one was open is therefore asked by the
// first listener of all, before any layer has its own.
const inLayer = new WeakSet<Event>()
window.addEventListener('keydown', (event) => void (layered() && inLayer.add(event)), true)

/** Listens for the shortcuts of whatever is offered right now. Open dialogs and menus keep their keys to themselves. */
export function useShortcuts() {
  const [alone] = useKeysAlone()
  useEffect(() => {
    let held: { key: string; at: number } | null = null
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const shortcut = shortcutOf(pressOf(event), alone)
      if (!shortcut || (inLayer.has(event) && shortcut !== 'mod+k')) return
      const actions = currentActions()
      const known = new Set(actions.flatMap((it) => it.keys ?? []))
      const before = held && Date.now() - held.at < patience ? held.key : null
      const next = follow(before, shortcut, known)
      held = next.held ? { key: next.held, at: Date.now() } : null
      const action = next.meant ? actions.findLast((it) => it.keys === next.meant) : undefined
      if (!action || ownEnter(event, action.keys)) return
      event.preventDefault()
      action.perform()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [alone])
}

// Some layers wait hidden in the page: only one that shows counts.
const layered = () => [...document.querySelectorAll('[role="dialog"], [role="menu"], [role="listbox"]')].some((it) => it.checkVisibility())

// Enter belongs to the button or link that has the focus.
const ownEnter = (event: KeyboardEvent, keys: string | undefined) =>
  keys === 'enter' && event.target instanceof Element && event.target.closest('a, button, summary, [role="button"]') !== null

function pressOf(event: KeyboardEvent): Press {
  return {
    key: event.key,
    code: event.code,
    ctrl: event.ctrlKey,
    meta: event.metaKey,
    alt: event.altKey,
    shift: event.shiftKey,
    typing: isField(event.target),
  }
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"], [type="radio"])'))
  )
}
