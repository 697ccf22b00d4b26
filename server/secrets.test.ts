import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readSecrets } from './secrets.ts'

const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'sinew-secrets-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

test('secrets are made once, differ from each other and from those of any other installation', async () => {
  const here = folder()
  const first = await readSecrets(here)
  expect(await readSecrets(here)).toEqual(first)
  const all = [first, await readSecrets(folder())].flatMap((secrets) => Object.values(secrets).flat())
  expect(new Set(all).size).toBe(all.length)
})

test.skipIf(process.platform === 'win32')('only the user Sinew runs as may read them', async () => {
  const here = folder()
  await readSecrets(here)
  expect(statSync(join(here, 'secrets.json')).mode & 0o777).toBe(0o600)
})

test('damaged secrets are never replaced silently', async () => {
  const here = folder()
  writeFileSync(join(here, 'secrets.json'), '{}')
  await expect(readSecrets(here)).rejects.toThrow('is damaged')
})
