import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { settingsTable } from '../../server/settings.ts'
import { permissionsPage } from './permissions-page.ts'
import { files, root, text } from './sources.ts'

const documents = files.filter((path) => path.endsWith('.md') && path !== 'THIRD_PARTY_NOTICES.md' && !path.startsWith('test/fixtures/'))
const linesOf = (path: string) => text(path).trimEnd().split('\n').length
const folders = ['contract', 'kernel', 'database', 'domain', 'server', 'ui', 'console', 'test', 'bin', 'docs']

/** Paths of ours named in a document. */
function pathsIn(path: string): string[] {
  const named = [...text(path).matchAll(/`([^`\n]+)`/g)].map(([, it]) => it ?? '')
  return named.filter((it) => new RegExp(`^(${folders.join('|')})/[\\w./-]*$|^[\\w-][\\w./-]*\\.(ts|tsx|mjs|sql)$`).test(it))
}

// From the root, from where the document lies, or, where the text made clear whose it is, by its last name alone.
const stands = (path: string, from: string) =>
  [path, `${path}.ts`, join(dirname(from), path)].some((it) => existsSync(join(root, it))) || files.some((it) => it.endsWith(`/${path}`))

describe.each(documents)('%s', (path) => {
  test('names only paths that exist', () => {
    expect(pathsIn(path).filter((it) => !stands(it, path))).toEqual([])
  })

  test('links only to what is there', () => {
    const links = [...text(path).matchAll(/(?<!!)\[[^\]]+\]\(([^)#\s]+)/g)].map(([, it]) => it ?? '').filter((it) => !/^https?:/.test(it))
    expect(links.filter((it) => !existsSync(join(root, dirname(path), it)))).toEqual([])
  })
})

test('the readme sets up with two commands and no more', () => {
  const [, commands] = /^```\n([^`]*)```/m.exec(text('README.md')) ?? []
  expect(commands?.trim().split('\n')).toEqual(['npm start', 'npm test'])
})

test('the readme is honest about its picture', () => {
  const pictures = [...text('README.md').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, it]) => it)
  expect(pictures).toEqual(['docs/pictures/inbox.png'])
})

test('the architecture is one page whose paragraphs end in a place, and shows the shelf as it is', () => {
  const page = text('ARCHITECTURE.md')
  expect(linesOf('ARCHITECTURE.md')).toBeLessThanOrEqual(200)
  const shelf: string[] = JSON.parse(text('domain/shelf.json'))
  expect(page.replaceAll(/\s+/g, ' ')).toContain(shelf.join(' → '))
  expect(page.match(/→ `[^`]+`$/gm)?.length).toBeGreaterThan(25)
})

test('the table of settings is that of the code', () => {
  expect(text('docs/how/install.md')).toContain(settingsTable())
})

test('the page of permissions is that of the code', async () => {
  await expect(permissionsPage()).toMatchFileSnapshot('../../docs/how/permissions.md')
})

test('every module introduces itself on half a page', () => {
  const modules = [...new Set(files.filter((it) => /^domain\/[^/]+\/index\.ts$/.test(it)).map((it) => dirname(it)))]
  expect(modules.filter((it) => !files.includes(`${it}/README.md`))).toEqual([])
  expect(modules.filter((it) => linesOf(`${it}/README.md`) > 45)).toEqual([])
})

test('decisions have a number of their own, one form, and one page', () => {
  const decisions = files.filter((it) => it.startsWith('docs/decisions/'))
  const numbers = decisions.map((it) => /\/(\d{4})-[a-z0-9-]+\.md$/.exec(it)?.[1])
  expect(new Set(numbers).size).toBe(decisions.length)
  for (const path of decisions) {
    expect(linesOf(path), path).toBeLessThanOrEqual(40)
    const parts = [...readFileSync(join(root, normalize(path)), 'utf8').matchAll(/^## (.+)$/gm)].map(([, it]) => it)
    expect(parts, path).toEqual(['Context', 'Decision', 'Consequences'])
  }
})
