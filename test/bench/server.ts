import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const root = join(import.meta.dirname, '..', '..')

/** A Sinew in a process of its own. */
export type Server = {
  pid: number
  port: number
  smtpPort: number
  /** From the start of the process until it answers that it can serve, in ms. */
  startedIn: number
  /** The link of an instance that nobody set up yet. */
  setupLink: string | null
  /** What the process occupies, in MiB: its proportional share of shared pages counted once (PSS), and RSS. */
  memory(): { pss: number; rss: number }
  stop(): Promise<void>
}

// The same as in bin/commands.mjs.
const asLaunched = ['--enable-source-maps', '--max-semi-space-size=8']

export async function startServer(dataDir: string, options: { sources: boolean; profile: string | null }): Promise<Server> {
  const [port, smtpPort] = [await freePort(), await freePort()]
  const flags = ['start', '--data-dir', dataDir, '--port', String(port), '--smtp-port', String(smtpPort), '--log-level', 'error']
  const profiling = options.profile ? ['--cpu-prof', '--cpu-prof-dir', options.profile] : []
  const entry = join(root, ...(options.sources ? ['server', 'main.ts'] : ['dist', 'server.js']))
  const started = performance.now()
  const child = spawn(process.execPath, [...asLaunched, ...profiling, entry, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE_URL: '', BASE_URL: '', HOST: '' },
  })
  const said = collect(child)
  await untilHealthy(child, port, said)
  const startedIn = performance.now() - started
  await untilSaid(said, 'Sinew is ready')
  return {
    pid: child.pid!,
    port,
    smtpPort,
    startedIn,
    setupLink: /http\S+setup\?token=\S+/.exec(said())?.[0] ?? null,
    memory: () => memoryOf(child.pid!),
    stop: () => end(child),
  }
}

function collect(child: ChildProcess): () => string {
  let text = ''
  child.stdout!.on('data', (chunk) => (text += chunk))
  child.stderr!.on('data', (chunk) => (text += chunk))
  return () => text
}

async function untilHealthy(child: ChildProcess, port: number, said: () => string): Promise<void> {
  for (let tries = 0; tries < 2_000; tries++) {
    if (child.exitCode !== null) throw new Error(`Sinew did not start:\n${said()}`)
    const answer = await fetch(`http://localhost:${port}/healthz`).catch(() => undefined)
    if (answer?.status === 200) return
    await pause(10)
  }
  throw new Error(`Sinew did not become healthy:\n${said()}`)
}

async function untilSaid(said: () => string, words: string): Promise<void> {
  for (let tries = 0; tries < 500 && !said().includes(words); tries++) await pause(10)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

// Linux only; elsewhere the row stays empty.
function memoryOf(pid: number): { pss: number; rss: number } {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? Number.NaN) / 1024
    return { pss: of('Pss'), rss: of('Rss') }
  } catch {
    return { pss: Number.NaN, rss: Number.NaN }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No free port'))))
    })
  })
}
