import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { mail } from '../support/mail.ts'

const kills = Number(process.env.KILLS ?? 3)
const main = join(import.meta.dirname, '..', '..', 'server', 'main.ts')
// What the test runner puts into our environment must not leak into a start as a person would do it.
const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' }

let folder: string
let ports: { http: number; smtp: number }
let server: ChildProcess | undefined
let key: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sinew-kill-'))
  chmodSync(folder, 0o711)
  ports = { http: await freePort(), smtp: await freePort() }
  await start()
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [main, 'api-key', 'create', '--name', 'k', '--scopes', 'all', ...flags()],
    { env },
  )
  key = stdout.trim().split('\n').at(-1) ?? ''
}, 60_000)

afterAll(async () => {
  if (server?.exitCode === null) {
    server.kill('SIGTERM')
    await once(server, 'exit')
  }
  rmSync(folder, { recursive: true, force: true })
}, 30_000)

const flags = () => ['--data-dir', folder, '--port', String(ports.http), '--smtp-port', String(ports.smtp), '--log-level', 'error']

async function start(): Promise<void> {
  const child = spawn(process.execPath, [main, 'start', ...flags()], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  server = child
  let said = ''
  child.stdout.on('data', (text) => (said += text))
  child.stderr.on('data', (text) => (said += text))
  const until = Date.now() + 30_000
  while (!(await fetch(`http://127.0.0.1:${ports.http}/healthz`).catch(() => null))?.ok || !said.includes(String(ports.smtp))) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`It did not start:\n${said}`)
    await pause(50)
  }
}

async function kill(): Promise<void> {
  const ended = once(server!, 'exit')
  server!.kill('SIGKILL')
  await ended
}

type Sent = { subject: string; raw: string }
const answered = new Set<string>()
let sent = 0
let running = true

// Every fifth mail is too large for its row: then the bytes lie in the file store.
function nextMail(): Sent {
  const n = ++sent
  const subject = `Mail ${n} of the storm`
  return { subject, raw: mail({ subject, from: `c${n}@juniper.example`, text: n % 5 === 0 ? 'words '.repeat(20_000) : `words ${n}` }) }
}

async function overApi({ raw }: Sent): Promise<boolean> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'message/rfc822' }
  const answer = await fetch(`http://127.0.0.1:${ports.http}/api/v1/inbound/email`, { method: 'POST', headers, body: raw })
  await answer.text()
  return answer.status === 201 || answer.status === 200
}

async function overSmtp({ raw }: Sent): Promise<boolean> {
  const wire = createTransport({ host: '127.0.0.1', port: ports.smtp, ignoreTLS: true, connectionTimeout: 2000, socketTimeout: 5000 })
  const { response } = await wire.sendMail({ envelope: { from: 'c@juniper.example', to: ['help@larkspur.example'] }, raw })
  return response.startsWith('250')
}

// As a mail server does: what was not answered is sent again until it is.
async function client(send: (mail: Sent) => Promise<boolean>): Promise<void> {
  while (running) {
    const mail = nextMail()
    while (!(await send(mail).catch(() => false))) await pause(50)
    answered.add(mail.subject)
  }
}

/** How often each subject is there. */
async function listed(): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (let after = ''; ; ) {
    const path = `/api/v1/conversations?limit=100${after && `&after=${after}`}`
    const answer = await fetch(`http://127.0.0.1:${ports.http}${path}`, { headers: { authorization: `Bearer ${key}` } })
    const { items, next } = (await answer.json()) as { items: { subject: string }[]; next: string | null }
    for (const { subject } of items) found.set(subject, (found.get(subject) ?? 0) + 1)
    if (next === null) return found
    after = next
  }
}

test(`killed ${kills} times under mail load, every mail that was answered is there, once`, {
  timeout: 60_000 + kills * 15_000,
}, async () => {
  expect(databaseSettings()).not.toMatch(/fsync[ =]+off/)
  const clients = [overApi, overApi, overApi, overSmtp, overSmtp].map(client)
  for (let n = 0; n < kills; n++) {
    await pause(200 + Math.random() * 1200)
    await kill()
    const promised = [...answered]
    await start()
    const found = await listed()
    expect(promised.filter((it) => found.get(it) !== 1)).toEqual([])
  }
  running = false
  await Promise.all(clients)
  const found = await listed()
  expect([...answered].filter((it) => found.get(it) !== 1)).toEqual([])
  expect([...found.values()].every((times) => times === 1)).toBe(true)
  expect(answered.size).toBe(sent)
  if (process.env.KILLS) console.log(`${kills} kills, ${sent} mails answered, ${found.size} found, each once.`)
})

function databaseSettings(): string {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((it) => /postgresql\.conf$|postmaster\.opts$/.test(it))
  expect(paths).toHaveLength(2)
  return paths.map((it) => readFileSync(join(folder, it), 'utf8').replaceAll(/^\s*#.*$/gm, '')).join('\n')
}
