import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readSettings, settingsTable } from './settings.ts'

test('without any setting Sinew serves this machine alone, with a database of its own', () => {
  expect(readSettings({}, {})).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    smtpPort: 2525,
    baseUrl: 'http://localhost:3000',
    databaseUrl: undefined,
  })
})

test('a flag wins over the environment, and an empty variable is none', () => {
  expect(readSettings({ PORT: '4000' }, { PORT: '5000', HOST: '' })).toMatchObject({
    port: 4000,
    host: '127.0.0.1',
    baseUrl: 'http://localhost:4000',
  })
})

test('a wrong setting is named in one sentence together with what it is', () => {
  expect(() => readSettings({}, { PORT: 'http' })).toThrow('The setting PORT must be a number (it is "http").')
  expect(() => readSettings({}, { DATABASE_URL: 'mysql://x' })).toThrow('The setting DATABASE_URL must begin with postgresql://')
})

test('a wrong setting that may hold a password is named without it', () => {
  expect(() => readSettings({}, { SMTP_URL: 'http://ann:secret@mail.example' })).toThrow(
    /^The setting SMTP_URL must begin with smtp:\/\/ or smtps:\/\/\.$/,
  )
})

test('the address people type has no slash at its end', () => {
  expect(readSettings({}, { BASE_URL: 'https://help.example.org/' }).baseUrl).toBe('https://help.example.org')
})

test('proxies are believed by number or by address', () => {
  expect(readSettings({}, { TRUST_PROXY: '1' }).trustProxy).toBe(1)
  expect(readSettings({}, { TRUST_PROXY: '10.0.0.1, 10.0.0.2' }).trustProxy).toEqual(['10.0.0.1', '10.0.0.2'])
})

test('the installation guide lists every setting as it is', () => {
  const guide = readFileSync(new URL('../docs/how/install.md', import.meta.url), 'utf8')
  expect(guide).toContain(settingsTable())
})
