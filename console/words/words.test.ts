import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import en from './en.json'
import { pseudo } from './pseudo.ts'

const root = join(import.meta.dirname, '..', '..')
const screens = globSync('{console,ui}/**/*.tsx', { cwd: root })
const spoken = new Set(['label', 'title', 'placeholder', 'description', 'aria-label', 'alt', 'words'])

/** Words that stand in a screen's code instead of in en.json. */
function wordsIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const found: string[] = []
  const look = (node: ts.Node) => {
    if (ts.isJsxText(node) && /\p{L}{2}/u.test(node.text)) found.push(node.text.trim())
    if (ts.isJsxAttribute(node) && spoken.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer)) {
      if (/\p{L}{2}/u.test(node.initializer.text)) found.push(node.initializer.text)
    }
    ts.forEachChild(node, look)
  }
  look(source)
  return found.map((words) => `${file}: ${words}`)
}

type Words = { [key: string]: string | Words }
const keysOf = (words: Words, before = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) => (typeof value === 'string' ? [`${before}${key}`] : keysOf(value, `${before}${key}.`)))
const wordOf = (words: Words, path: string): string => {
  const [key = '', ...rest] = path.split('.')
  const value = words[key]
  return typeof value === 'string' ? value : wordOf(value ?? {}, rest.join('.'))
}

const saidIn = (words: string) => words.replace(/\{\{\w+\}\}/g, '').length

test('no screen speaks words of its own', () => {
  expect(screens.length).toBeGreaterThan(40)
  expect(screens.flatMap(wordsIn)).toEqual([])
})

test('every word is used', () => {
  const code = globSync('console/**/*.{ts,tsx}', { cwd: root })
    .filter((file) => !file.includes('.test.'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n')
  // A key put together from parts is used when its first part stands in a template.
  const used = (key: string) => {
    const plain = key.replace(/_(one|other)$/, '')
    if (code.includes(`'${plain}'`)) return true
    const parts = plain.split('.')
    return (
      parts.some((_, at) => at > 0 && code.includes(`\`${parts.slice(0, at).join('.')}.$`)) ||
      code.includes(`\`${parts[0]}.$`) ||
      plain.startsWith('happened.')
    )
  }
  expect(keysOf(en).filter((key) => !used(key))).toEqual([])
})

test('no exclamation marks, no begging, no foreign verbs on buttons', () => {
  expect(keysOf(en).filter((key) => /!|please wait|oops|\bOK\b|\bSubmit\b/i.test(wordOf(en, key)))).toEqual([])
})

test('the made-up languages keep every key and every place for a value', () => {
  for (const direction of ['ltr', 'rtl'] as const) {
    const made = pseudo(en, direction)
    expect(keysOf(made)).toEqual(keysOf(en))
    for (const key of keysOf(en)) {
      const places = (words: string) => words.match(/\{\{\w+\}\}/g)
      expect(places(wordOf(made, key)), key).toEqual(places(wordOf(en, key)))
      expect(saidIn(wordOf(made, key)), key).toBeGreaterThanOrEqual(saidIn(wordOf(en, key)) * 1.3)
    }
  }
})
