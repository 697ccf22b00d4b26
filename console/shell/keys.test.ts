import { expect, test } from 'vitest'
import { follow, type Press, pressed, printed, shortcutOf } from './keys.ts'

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  code: `Key${key.toUpperCase()}`,
  ctrl: false,
  meta: false,
  alt: false,
  shift: false,
  typing: false,
  ...more,
})

test('a letter is a shortcut only outside text fields', () => {
  expect(shortcutOf(press('e'))).toBe('e')
  expect(shortcutOf(press('e', { typing: true }))).toBeNull()
})

test('inside a text field the same letter counts with Alt, whatever sign Alt makes of it', () => {
  expect(shortcutOf(press('é', { typing: true, alt: true, code: 'KeyE' }))).toBe('e')
  expect(shortcutOf(press('e', { alt: true }))).toBeNull()
})

test('Control and Command are the same key', () => {
  expect(shortcutOf(press('k', { ctrl: true, typing: true }))).toBe('mod+k')
  expect(shortcutOf(press('k', { meta: true }))).toBe('mod+k')
})

test('signs that need Shift are named by the sign, letters by Shift', () => {
  expect(shortcutOf(press('?', { shift: true, code: 'Slash' }))).toBe('?')
  expect(shortcutOf(press('U', { shift: true }))).toBe('shift+u')
})

test('G then I goes to the inbox, and G then anything else does not', () => {
  const known = new Set(['g i', 'e'])
  const first = follow(null, 'g', known)
  expect(first).toEqual({ meant: null, held: 'g' })
  expect(follow(first.held, 'i', known)).toEqual({ meant: 'g i', held: null })
  expect(follow(first.held, 'e', known)).toEqual({ meant: 'e', held: null })
  expect(follow(first.held, 'q', known)).toEqual({ meant: null, held: null })
})

test('keys are printed as they stand on the keyboard', () => {
  expect(printed('mod+k', false)).toBe('Ctrl K')
  expect(printed('mod+enter', true)).toBe('⌘ ↵')
  expect(printed('g i', false)).toBe('G I')
})

test('turned off, a letter needs Alt everywhere; keys that type nothing stay as they are', () => {
  expect(shortcutOf(press('e'), false)).toBeNull()
  expect(shortcutOf(press('?', { shift: true, code: 'Slash' }), false)).toBeNull()
  expect(shortcutOf(press('e', { alt: true }), false)).toBe('e')
  expect(shortcutOf(press('Escape', { code: 'Escape' }), false)).toBe('escape')
  expect(shortcutOf(press('Enter', { code: 'Enter' }), false)).toBe('enter')
  expect(shortcutOf(press('k', { ctrl: true }), false)).toBe('mod+k')
})

test('what is printed follows what has to be pressed', () => {
  expect(['e', 'shift+u', 'g i', 'mod+k', 'escape', '?'].map((keys) => pressed(keys, true))).not.toContain(null)
  expect(printed(pressed('shift+u', false)!, false)).toBe('Alt ⇧ U')
  expect(printed(pressed('g i', false)!, false)).toBe('Alt G I')
  expect(pressed('mod+k', false)).toBe('mod+k')
  expect(pressed('?', false)).toBeNull()
})
