import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../support/browser.ts'
import { type Caller, invite, setUp } from './caller.ts'
import { answered, earlier, received, support, unowned, type Written, written } from './larkspur.ts'

// Makes the pictures of the README anew, from what was built last: node test/pictures/main.ts

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'sinew-pictures-'))
const address = 'http://localhost:3971'
const options = ['--data-dir', join(folder, 'data'), '--port', '3971', '--smtp-port', '3972']
const program = join(root, 'dist', 'server.js')

const server = spawn(process.execPath, [program, 'start', ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
const browser = await launchBrowser()
try {
  mkdirSync(join(root, 'docs', 'pictures'), { recursive: true })
  const sara = await setUp(address, await setUpLink(), 'Larkspur', { name: 'Sara Adeyemi', email: 'sara@larkspur.example' })
  const opened = await furnish(sara)
  await photograph(browser, sara, { path: `/inbox/mine/${opened}`, scheme: 'light', name: 'inbox' })
  await photograph(browser, sara, { path: `/inbox/mine/${opened}`, scheme: 'dark', name: 'inbox-dark' })
} finally {
  await browser.close()
  server.kill('SIGTERM')
  await new Promise((done) => server.once('exit', done))
  rmSync(folder, { recursive: true, force: true })
}

function setUpLink(): Promise<string> {
  return new Promise((found, failed) => {
    let told = ''
    server.stdout.on('data', (bytes) => {
      told += bytes
      const link = /https?:\S+\/setup\S+/.exec(told)?.[0]
      if (link && told.includes('ready at')) found(link)
    })
    server.once('exit', () => failed(new Error(`Sinew ended before it was ready:\n${told}`)))
  })
}

/** People, teams and a morning's mail. Answers which conversation to open. */
async function furnish(sara: Caller): Promise<string> {
  const team = async (name: string, more: object) => (await sara.call<{ id: string }>('POST', '/teams', { name, ...more })).id
  const shopFloor = await team('Shop floor', {})
  await team('Card payments', { private: true })
  const mara = await invite(sara, { name: 'Mara Lindqvist', email: 'mara@larkspur.example', teamIds: [shopFloor] })
  await sara.call('POST', '/channels', { name: 'Help', address: support })
  await importAll('earlier', [...earlier, ...unowned])
  await importAll('answered', answered)
  for (const { subject } of earlier) await take(sara, subject)
  const opened = await about(sara, 'Receipts come out blank today')
  const note = 'Same as Harbour Café on Tuesday: the update resets paper width to 80 mm. Not pairing.'
  await mara.call('POST', `/conversations/${opened}/messages`, { kind: 'note', text: note })
  const { key } = await sara.call<{ key: string }>('POST', '/api-keys', { name: 'Mail', scopes: ['mail'] })
  for (const it of received) await handIn(key, it)
  for (const { subject, answers } of received) if (!answers) await take(sara, subject)
  for (const subject of ['Gift cards from the old system', 'Invoice address changed']) {
    await sara.call('PATCH', `/conversations/${await about(sara, subject)}`, { tags: ['Known'] })
  }
  return opened
}

/** Mail of the past, with the times it was sent at. */
async function importAll(name: string, mails: readonly Written[]) {
  const place = join(folder, name)
  mkdirSync(place)
  for (const [index, it] of mails.entries()) writeFileSync(join(place, `${index}.eml`), await written(it))
  execFileSync(process.execPath, [program, 'import', 'eml', place, ...options])
}

async function handIn(key: string, mail: Written) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'message/rfc822' }
  const body = new Uint8Array(await written(mail))
  const response = await fetch(`${address}/api/v1/inbound/email`, { method: 'POST', headers, body })
  if (response.status !== 201) throw new Error(`A mail was answered ${response.status}: ${await response.text()}`)
}

type Row = { id: string; subject: string }

async function about(sara: Caller, subject: string): Promise<string> {
  const { items } = await sara.call<{ items: Row[] }>('GET', '/conversations?view=open&limit=100')
  const found = items.find((it) => it.subject === subject)
  if (!found) throw new Error(`Nobody wrote about: ${subject}`)
  return found.id
}

async function take(sara: Caller, subject: string) {
  const { person } = await sara.call<{ person: { id: string } }>('GET', '/me')
  await sara.call('PATCH', `/conversations/${await about(sara, subject)}`, { owner: person.id })
}

type Picture = { path: string; scheme: 'light' | 'dark'; name: string }

async function photograph(browser: Browser, sara: Caller, { path, scheme, name }: Picture) {
  // It is always between nine and ten in the morning.
  const hours = (9 - new Date().getUTCHours() + 24) % 24
  const timezoneId = hours <= 14 ? `Etc/GMT-${hours}` : `Etc/GMT+${24 - hours}`
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: scheme,
    locale: 'en-GB',
    timezoneId,
    reducedMotion: 'reduce',
  })
  await context.addCookies(
    sara.cookies.map((it) => ({ name: it.slice(0, it.indexOf('=')), value: it.slice(it.indexOf('=') + 1), url: address })),
  )
  await sara.call('DELETE', `/conversations/${path.split('/').at(-1)}/seen`)
  const page = await context.newPage()
  await page.goto(address + path)
  await page.getByText('Ours is the small one.').last().waitFor()
  await page.waitForTimeout(1_200)
  await page.screenshot({ path: join(root, 'docs', 'pictures', `${name}.png`) })
  await context.close()
}
