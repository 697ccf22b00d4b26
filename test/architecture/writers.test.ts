import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { files, root, shipped, text } from './sources.ts'

/** Tables written from two places, and why that is meant. */
const twoWriters: Record<string, { modules: string[]; why: string }> = {
  event_log: { modules: ['kernel', 'server/events'], why: 'the kernel appends within a verb’s transaction, the clerk gives positions' },
}

const builder = /\b(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*'(\w+)/g
const raw = /\b(?:insert\s+into|update(?!\s+skip|\s+set|\s+of\b)|delete\s+from|merge\s+into|truncate(?:\s+table)?|copy)\s+"?(\w+)/gi

const moduleOf = (path: string) =>
  path
    .split('/')
    .slice(0, path.startsWith('kernel/') || path.startsWith('database/') ? 1 : 2)
    .join('/')

/** The tables a program writes, by Kysely's builder or in SQL of its own. */
function writtenBy(source: string, tables: ReadonlySet<string>): string[] {
  const sql = [...source.matchAll(/`[^`]*`/g)].map(([it]) => it).join('\n')
  const names = [...source.matchAll(builder), ...sql.matchAll(raw)].map(([, table]) => table?.toLowerCase() ?? '')
  return [...new Set(names)].filter((it) => tables.has(it))
}

const migrations = files
  .filter((path) => /^database\/migrations\/.*\.sql$/.test(path))
  .map((path) => readFileSync(join(root, path), 'utf8'))
const tables = new Set(
  migrations.flatMap((it) => [...it.matchAll(/create table (?:if not exists )?(\w+)/gi)].map(([, name]) => name ?? '')),
)

test('each table is written by one module', () => {
  const writers = new Map<string, Set<string>>()
  for (const path of shipped.filter((it) => !it.startsWith('database/'))) {
    for (const table of writtenBy(text(path), tables)) writers.set(table, (writers.get(table) ?? new Set()).add(moduleOf(path)))
  }
  expect(writers.size).toBeGreaterThan(15)
  const several = [...writers].filter(([, modules]) => modules.size > 1).map(([table, modules]) => [table, [...modules].sort()])
  expect(Object.fromEntries(several)).toEqual(Object.fromEntries(Object.entries(twoWriters).map(([table, it]) => [table, it.modules])))
})

test('writing is found in the builder and in plain SQL alike', () => {
  const known = new Set(['people', 'teams', 'event_log'])
  expect(writtenBy("tx.insertInto('people').values(row)", known)).toEqual(['people'])
  expect(writtenBy('sql`with old as (delete from teams where id = 1 returning id) update people set name = $1`', known)).toEqual([
    'teams',
    'people',
  ])
  expect(writtenBy('sql`select 1 from people for update skip locked`', known)).toEqual([])
  expect(writtenBy("tx.selectFrom('people')", known)).toEqual([])
})
