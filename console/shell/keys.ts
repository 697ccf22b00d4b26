/** A key pressed, as far as shortcuts care. */
export type Press = { key: string; code: string; ctrl: boolean; meta: boolean; alt: boolean; shift: boolean; typing: boolean }

/**
 * The shortcut a press stands for: `mod+k`, `shift+u`, `e`, `?`, `escape`. Inside a text field a letter counts only with
 * Alt; outside one it counts only without, unless keys on their own are turned off. Null when the press is somebody else's.
 */
export function shortcutOf(press: Press, alone = true): string | null {
  const key = press.key.toLowerCase()
  if (press.ctrl || press.meta) return press.alt ? null : `mod+${key}`
  if (key === 'escape') return 'escape'
  const named = key.length > 1
  if (press.typing || (!alone && !named)) return press.alt ? letterOf(press) : null
  if (press.alt) return null
  if (named) return key
  return press.shift && /\p{L}/u.test(key) ? `shift+${key}` : key
}

// With Alt some keyboards type another sign, so the physical key decides.
function letterOf({ code, shift }: Press): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase()
  return letter ? `${shift ? 'shift+' : ''}${letter}` : null
}

/** Follows two-key shortcuts such as `g i`: says what the press completes and which first key is still held in mind. */
export function follow(held: string | null, shortcut: string, known: ReadonlySet<string>): { meant: string | null; held: string | null } {
  if (held && known.has(`${held} ${shortcut}`)) return { meant: `${held} ${shortcut}`, held: null }
  if (known.has(shortcut)) return { meant: shortcut, held: null }
  const begins = [...known].some((it) => it.startsWith(`${shortcut} `))
  return { meant: null, held: begins ? shortcut : null }
}

/** The shortcut as it has to be pressed: letters with Alt where keys on their own are turned off, signs not at all. */
export function pressed(keys: string, alone: boolean): string | null {
  if (alone || !/^(shift\+)?\S( \S)?$/u.test(keys)) return keys
  return /^(shift\+)?\p{L}( \p{L})?$/u.test(keys) ? `alt+${keys}` : null
}

/** A shortcut as it is printed on keys: `Ctrl K`, `⇧ U`, `G I`. */
export function printed(keys: string, apple: boolean): string {
  const names: Record<string, string> = {
    mod: apple ? '⌘' : 'Ctrl',
    shift: '⇧',
    enter: '↵',
    escape: 'Esc',
    alt: apple ? '⌥' : 'Alt',
  }
  return keys
    .split(/[+ ]/)
    .map((part) => names[part] ?? part.toLocaleUpperCase())
    .join(' ')
}
