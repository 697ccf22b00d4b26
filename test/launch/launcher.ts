import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../support/free-port.ts'

const launcher = join(import.meta.dirname, '..', '..', 'bin', 'sinew')

// What npm and the test runner put into our environment must not leak into a start as a person would do it.
const plain = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' }

/** A Sinew started by its launcher, as a person would. */
export type Sinew = {
  process: ChildProcessWithoutNullStreams
  address: string
  /** Everything it printed so far. */
  printed: () => string
  /** Waits until it ended by itself or by a signal, and answers its exit code. */
  ended: () => Promise<number | null>
  stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

export type Place = { DATA_DIR: string; PORT: string; SMTP_PORT: string; [name: string]: string }

/** A data folder and ports nobody else uses. */
export async function newPlace(): Promise<Place> {
  const [port, smtpPort] = await Promise.all([freePort(), freePort()])
  const folder = mkdtempSync(join(tmpdir(), 'sinew-launch-'))
  // Run by root, PostgreSQL's own user has to pass through.
  chmodSync(folder, 0o711)
  return { DATA_DIR: folder, PORT: String(port), SMTP_PORT: String(smtpPort) }
}

/** Runs the launcher with these settings and nothing else of our own environment. */
export function launch(command: string[], place: Record<string, string>): Sinew {
  return follow(spawn(process.execPath, [launcher, ...command], { env: { ...plain, ...place }, stdio: 'pipe' }), place)
}

/** Starts Sinew and waits until it is ready. */
export const startSinew = (place: Place): Promise<Sinew> => untilReady(launch(['start'], place))

/** The same run by npm's stand-in: a parent with a shell in between that waits. Its process is the parent. */
export function startUnderNpm(place: Place): Promise<Sinew> {
  const script = `require('node:child_process').spawn('/bin/sh', ['-c', '"$0" "$@"; true', ...process.argv], { stdio: 'inherit' })`
  const env = { ...plain, ...place, npm_lifecycle_event: 'start' }
  return untilReady(follow(spawn(process.execPath, ['-e', script, launcher, 'start'], { env, stdio: 'pipe' }), place))
}

function follow(child: ChildProcessWithoutNullStreams, place: Record<string, string>): Sinew {
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  child.stderr.on('data', (text) => (output += text))
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const stop = (signal: NodeJS.Signals = 'SIGINT') => {
    child.kill(signal)
    return exited
  }
  return { process: child, address: `http://127.0.0.1:${place.PORT}`, printed: () => output, ended: () => exited, stop }
}

async function untilReady(sinew: Sinew): Promise<Sinew> {
  const ended = sinew.ended().then((code) => `ended with ${code}`)
  while (!sinew.printed().includes('Sinew is ready at')) {
    const outcome = await Promise.race([once(sinew.process.stdout, 'data'), ended])
    if (typeof outcome === 'string') throw new Error(`Sinew ${outcome}:\n${sinew.printed()}`)
  }
  return sinew
}
