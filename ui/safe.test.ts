import { expect, test } from 'vitest'
import { pieces } from './linked-text.tsx'
import { isPainted, safeDocument } from './safe-document.ts'

const policyOf = (remoteImages: boolean) =>
  /content="(default-src[^"]+)"/.exec(safeDocument('<p>Hi</p>', { remoteImages, origin: 'https://desk.example' }))![1]!

test('a mail loads nothing from elsewhere until the reader asks', () => {
  expect(policyOf(false)).toContain("default-src 'none'")
  expect(policyOf(false)).toContain('img-src https://desk.example data:;')
  expect(policyOf(false)).not.toMatch(/https: /)
  expect(policyOf(true)).toContain('img-src https://desk.example data: https: http:;')
})

test('an image from elsewhere gets its address only when asked for', () => {
  const html = '<img alt="" data-remote-src="https://x.example/a.png">'
  expect(safeDocument(html, { remoteImages: false, origin: '' })).toContain(' data-remote-src=')
  expect(safeDocument(html, { remoteImages: true, origin: '' })).toContain('<img alt="" src="https://x.example/a.png">')
})

test('asking for images never lets anything run', () => {
  expect(policyOf(true)).not.toContain('script-src')
  expect(policyOf(true)).toContain("form-action 'none'")
})

test('a language cannot break out of its attribute', () => {
  expect(safeDocument('', { remoteImages: false, origin: '', lang: 'de"><script>' })).not.toContain('<script>')
})

test('web addresses become links without the full stop behind them', () => {
  expect(pieces('See https://till.example/a?b=1. Thanks (http://x.example)')).toEqual([
    { words: 'See ' },
    { words: 'https://till.example/a?b=1', href: 'https://till.example/a?b=1' },
    { words: '. Thanks (' },
    { words: 'http://x.example', href: 'http://x.example' },
    { words: ')' },
  ])
})

test('nothing but web addresses becomes a link', () => {
  expect(pieces('javascript:alert(1) file:///etc/passwd').some((part) => part.href)).toBe(false)
})

test('a mail that sets colours keeps its paper, one that only speaks takes ours', () => {
  expect(isPainted('<p style="color: #333">Hi</p>')).toBe(true)
  expect(isPainted('<table bgcolor="white">')).toBe(true)
  expect(isPainted('<p>What colour is the background?</p>')).toBe(false)
})

test('empty lines before a folded quotation are not shown', () => {
  const shown = safeDocument('<p>Thank you</p><p>&nbsp;</p><div><br></div><br>', { remoteImages: false, origin: 'http://localhost' })
  expect(shown).toContain('<body dir="auto"><p>Thank you</p></body>')
})
