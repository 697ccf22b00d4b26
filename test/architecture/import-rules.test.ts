import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { modules } from '../../server/modules.ts'
import { root } from './sources.ts'

const shelf: string[] = JSON.parse(readFileSync(join(root, 'domain', 'shelf.json'), 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'sinew-rules-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A small Sinew in which nearly everything is wrong: each file, what it imports, and the rule that must notice. */
const planted: [file: string, imports: string, rule: string | null][] = [
  ['contract/customers.ts', '../kernel/refusal.ts', 'contract-imports'],
  ['contract/mail.ts', 'kysely', 'contract-is-only-zod'],
  ['contract/paging.ts', 'node:fs', 'contract-is-only-zod'],
  ['contract/event.ts', 'zod', null],
  ['measures/median.ts', '../contract/event.ts', 'measures-imports'],
  ['kernel/refusal.ts', 'zod', null],
  ['kernel/route.ts', '../domain/files/index.ts', 'kernel-imports'],
  ['kernel/context.ts', '../database/schema.ts', null],
  ['kernel/transact.ts', '../database/connect.ts', 'kernel-imports'],
  ['database/schema.ts', 'kysely', null],
  ['database/connect.ts', '../kernel/refusal.ts', 'database-imports'],
  ['domain/files/index.ts', './store.ts', null],
  ['domain/files/store.ts', '../../kernel/context.ts', null],
  ['domain/files/jobs.ts', '../customers/index.ts', 'call-down-files'],
  ['domain/customers/index.ts', '../files/index.ts', null],
  ['domain/customers/page.ts', '../files/store.ts', 'front-door'],
  ['domain/customers/erase.ts', '../../server/app.ts', 'domain-imports'],
  ['domain/customers/load.ts', '../../database/connect.ts', 'domain-imports'],
  ['domain/customers/lost.ts', './nowhere.ts', 'nothing-unresolved'],
  ['domain/customers/borrowed.ts', '../../test/support/people.ts', 'nothing-leans-on-tests'],
  ['domain/customers/styled.ts', 'vite', 'no-development-packages'],
  ['domain/customers/customer.ts', 'kysely', 'rules-are-pure'],
  ['domain/customers/customer.test.ts', './customer.ts', null],
  ['domain/customers/company.ts', './store.ts', 'rules-are-pure'],
  ['domain/customers/company.test.ts', '../../server/app.ts', null],
  ['domain/customers/store.ts', '../../kernel/context.ts', null],
  ['domain/customers/egg.ts', './hen.ts', 'no-circular'],
  ['domain/customers/hen.ts', './egg.ts', null], // told once, at the egg
  ['server/app.ts', '../domain/files/index.ts', null],
  ['server/start.ts', '../domain/files/store.ts', 'server-imports'],
  ['server/show.ts', '../console/main.ts', 'server-imports'],
  ['ui/button.ts', '../contract/event.ts', 'ui-imports'],
  ['ui/path.ts', 'node:path', 'browsers-have-no-core'],
  ['console/main.ts', '../contract/event.ts', null],
  ['console/api.ts', '../kernel/refusal.ts', 'console-imports'],
  ['widget/loader.ts', '../console/main.ts', 'widget-imports'],
  ['portal/pages.ts', '../domain/files/index.ts', null],
  ['portal/home.ts', '../domain/files/store.ts', 'portal-imports'],
  ['test/support/people.ts', '../../domain/files/index.ts', null],
]

type Violation = { from: string; rule: { name: string } }
let found: Violation[]

beforeAll(async () => {
  for (const [file, imports] of planted) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `import * as it from '${imports}'\nexport const used = it\n`)
  }
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json', 'domain/shelf.json'])
    copyFileSync(join(root, file), join(folder, file))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  found = await violations()
}, 60_000)

async function violations(): Promise<Violation[]> {
  const program = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs')
  const folders = [...new Set(planted.map(([file]) => file.split('/')[0] ?? ''))]
  const args = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders]
  const run = promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 20_000_000 })
  // It ends with a failing code when it finds something, which is what we hope for.
  const { stdout } = await run.catch((error: { stdout: string }) => error)
  return JSON.parse(stdout).summary.violations
}

test.each(planted)('%s importing %s', (file, _, rule) => {
  const rules = found.filter((it) => it.from === file).map((it) => it.rule.name)
  expect(new Set(rules)).toEqual(new Set(rule ? [rule] : []))
})

test('every module stands on the shelf, in the order in which the server takes them', () => {
  const folders = readdirSync(join(root, 'domain'), { withFileTypes: true }).filter((it) => it.isDirectory())
  const present = shelf.filter((name) => folders.some((it) => it.name === name))
  expect(folders.map((it) => it.name).sort()).toEqual([...present].sort())
  // What the edge itself does at night comes last and is no module.
  expect(modules.map((it) => it.name)).toEqual([...present, 'edge'])
})

test('every rule says why', () => {
  const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
    forbidden: { name: string; comment: string }[]
  }
  expect(forbidden.filter((it) => !/^[A-Zv].{20,}[.]$/.test(it.comment) && !it.name.startsWith('call-down')).map((it) => it.name)).toEqual(
    [],
  )
})
