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

test('secrets of an earlier version get the key that signs mail, and keep the others', async () => {
  const here = folder()
  const { dkim, ...others } = await readSecrets(here)
  writeFileSync(join(here, 'secrets.json'), JSON.stringify(others))
  const after = await readSecrets(here)
  expect(after).toMatchObject(others)
  expect(after.dkim).toMatch(/^-----BEGIN PRIVATE KEY-----/)
  expect(await readSecrets(here)).toEqual(after)
  expect(after.dkim).not.toBe(dkim)
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
