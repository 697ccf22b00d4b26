import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { functionsOf } from './functions.ts'
import { files, programs, shipped, text } from './sources.ts'

const linesOf = (path: string) => text(path).trimEnd().split('\n').length
const functions = shipped.flatMap(functionsOf)

/** Exceptions have a reason and leave this list when they are no longer needed. */
const longFunctions: Record<string, string> = {
  'console/conversations/use-conversation-actions.ts:useConversationActions':
    'the table of what can be done, a line each, and the deeds it names',
  'server/events/pulse.ts:startPulse': 'one closure holds the state of one pulse; apart, its parts would hand six variables around',
  'server/events/wire.ts:openWire': 'one closure holds one connection and what is planned for it',
}
const manyParameters: Record<string, string> = {
  'kernel/refusal.ts:constructor': 'kind, code, sentence and details are read where a rule says no, in that order',
  'console/api.ts:constructor': 'the same four as they come back',
  'domain/channels/email/html-text.ts:opened': 'called by the HTML parser for each tag, with what it knows',
  'domain/channels/email/split-text.ts:taken': 'a list, where it ends, what belongs and what it becomes',
}

test('no file grows past three hundred lines', () => {
  expect(programs.filter((path) => linesOf(path) > 300)).toEqual([])
})

test('most files are short', () => {
  const sizes = shipped.map(linesOf).sort((a, b) => a - b)
  expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThanOrEqual(150)
})

test('no function grows past forty lines of logic, none past eighty with its markup', () => {
  const long = functions.filter((it) => it.lines > 40 || it.all > 80).map((it) => it.name)
  expect([...new Set(long)].sort()).toEqual(Object.keys(longFunctions).sort())
})

test('no function takes more than three parameters beside the context', () => {
  const many = functions.filter((it) => it.parameters > 3).map((it) => it.name)
  expect([...new Set(many)].sort()).toEqual(Object.keys(manyParameters).sort())
})

test('no file or folder is named for nothing', () => {
  const empty = /(^|\/)(utils?|helpers?|common|misc|shared|manager|service|base|types)([.-]|\/|$)/
  expect(programs.filter((path) => empty.test(path))).toEqual([])
})

test('files are kebab-case', () => {
  const exceptions =
    /(^|\/)(README|ARCHITECTURE|STYLE|CONTRIBUTING|CHANGELOG|SECURITY|LICENSE|THIRD_PARTY_NOTICES)(\.md)?$|^test\/fixtures\//
  expect(files.filter((path) => !/^[a-z0-9/._-]+$/.test(path) && !exceptions.test(path))).toEqual([])
  expect(programs.filter((path) => basename(path).includes('_'))).toEqual([])
})

test('only the settings read the environment', () => {
  const allowed = (path: string) => path === 'server/settings.ts' || path.startsWith('bin/')
  expect(shipped.filter((path) => text(path).includes('process.env') && !allowed(path))).toEqual([])
})

test('every suppression says why', () => {
  const silent = programs.filter((path) =>
    text(path)
      .split('\n')
      .some((line) => /(biome-ignore|@ts-expect-error)/.test(line) && !/(biome-ignore(-\w+)? \S+: |@ts-expect-error )\S+ \S+/.test(line)),
  )
  expect(silent.filter((path) => !path.startsWith('test/architecture/'))).toEqual([])
  const never = new RegExp(['@ts-ig', 'nore|@ts-no', 'check|eslint-dis', 'able'].join(''))
  expect(programs.filter((path) => never.test(text(path)))).toEqual([])
})

test('rules ask neither the clock nor chance', () => {
  const nouns = shipped.filter((path) => path.startsWith('domain/') && programs.includes(path.replace(/\.ts$/, '.test.ts')))
  expect(nouns.length).toBeGreaterThan(5)
  const impure = /new Date\(\)|Date\.now|Math\.random|random(Bytes|UUID|Int)|performance\.now/
  expect(nouns.filter((path) => impure.test(text(path)))).toEqual([])
})

/** Not a module's front door, and yet they pass on: each is what a route loads when somebody goes there. */
const loadedTogether = [
  'console/conversations/pages.ts',
  'console/people/pages.tsx',
  'console/settings/pages.tsx',
  'console/sign-in/doors.tsx',
]

test('a barrel is only a module’s front door, or what a route loads together', () => {
  const passesOn = /^export (\*|type \{[^}]*\}|\{[^}]*\}) from /gm
  const barrels = shipped.filter((path) => [...text(path).matchAll(passesOn)].length > 1)
  expect(barrels.filter((path) => !/^domain\/[^/]+\/index\.ts$/.test(path)).sort()).toEqual(loadedTogether)
})
