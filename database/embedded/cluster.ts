import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { CannotStart } from '../cannot-start.ts'
import type { Binaries } from './binaries.ts'
import type { Owner } from './owner.ts'
import { clusterOf, livesElsewhere, logOf, makePrivate, type Place, pidFileOf, recordHome } from './place.ts'
import { type Listening, settingsFile } from './settings-file.ts'

export const superuser = 'sinew'

type Outcome = { code: number; output: string }

function run(program: string, args: string[], owner: Owner | undefined): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const windows = process.platform === 'win32'
    // Somebody's PGDATA or PGPORT must not reach it; nor must a terminal's Ctrl-C, which is for the server to answer.
    const apart = windows ? {} : { cwd: '/', env: { LC_ALL: 'C', TZ: 'UTC' }, detached: true }
    const child = spawn(program, args, { ...owner, ...apart, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (text) => (output += text))
    child.stderr.on('data', (text) => (output += text))
    child.on('error', reject)
    // On Windows the database inherits the pipes and keeps them open, so we wait for the program, not for them.
    child.on(windows ? 'exit' : 'close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Makes the cluster when there is none. It appears under its name only when it is whole, so a kill midway leaves nothing to repair. */
export async function makeCluster(binaries: Binaries, place: Place, durable: boolean): Promise<Place> {
  if (existsSync(clusterOf(place))) {
    checkVersion(binaries, place)
    return recordHome(place)
  }
  makePrivate(place.home, place.owner)
  sweepUnfinished(place)
  const unfinished = join(place.home, `new-${process.pid}`)
  const password = join(place.home, 'password')
  if (!existsSync(password)) writeOwned(password, randomBytes(24).toString('base64url'), place.owner)
  const outcome = await run(join(binaries.folder, 'initdb'), initArguments({ unfinished, password, durable }), place.owner)
  if (outcome.code !== 0) {
    rmSync(unfinished, { recursive: true, force: true })
    throw new CannotStart(explain(outcome.output, place))
  }
  try {
    renameSync(unfinished, clusterOf(place))
  } catch {
    // Another start was quicker; its cluster is as good.
    rmSync(unfinished, { recursive: true, force: true })
  }
  return recordHome(place)
}

function initArguments(at: { unfinished: string; password: string; durable: boolean }): string[] {
  const socketIsPrivate = '--auth-local=trust'
  const unicode = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const who = [`--username=${superuser}`, `--pwfile=${at.password}`, socketIsPrivate, '--auth-host=scram-sha-256']
  return [`--pgdata=${at.unfinished}`, '--data-checksums', ...unicode, ...who, ...(at.durable ? [] : ['--no-sync'])]
}

function checkVersion(binaries: Binaries, place: Place): void {
  const made = Number(readFileSync(join(clusterOf(place), 'PG_VERSION'), 'utf8'))
  if (made === binaries.major) return
  const remedy = made > binaries.major ? 'update Sinew' : 'restore a backup made with the Sinew that wrote it'
  throw new CannotStart(
    `The database in ${place.home} was written by PostgreSQL ${made} and this Sinew brings ${binaries.major}: ${remedy}.`,
  )
}

function sweepUnfinished(place: Place): void {
  const hourAgo = Date.now() - 3_600_000
  for (const name of readdirSync(place.home)) {
    const path = join(place.home, name)
    if (name.startsWith('new-') && statSync(path).mtimeMs < hourAgo) rmSync(path, { recursive: true, force: true })
  }
}

/** Starts the server of a cluster. Answers false when another start got in first or a killed server has not let go yet: look again. */
export async function startCluster(binaries: Binaries, place: Place, options: { listening: Listening; name: string; durable: boolean }) {
  writeOwned(join(clusterOf(place), 'postgresql.conf'), settingsFile(options.listening, options), place.owner)
  disownForeignPid(place)
  rotateLog(place)
  const before = logSize(place)
  const args = ['start', '-w', '-t', '120', '-s', '-D', clusterOf(place), '-l', logOf(place)]
  const outcome = await run(join(binaries.folder, 'pg_ctl'), args, place.owner)
  if (outcome.code === 0) return true
  const output = outcome.output + readLog(place, before)
  if (!isFull(output, place) && /lock file|still in use|shared memory block|is another/i.test(output)) return false
  throw new CannotStart(explain(output, place))
}

/** Stops the server of a cluster; whoever is connected is cut off. */
export async function stopCluster(binaries: Binaries, place: Place): Promise<void> {
  const outcome = await run(
    join(binaries.folder, 'pg_ctl'),
    ['stop', '-w', '-t', '60', '-s', '-m', 'fast', '-D', clusterOf(place)],
    place.owner,
  )
  if (outcome.code !== 0 && pidFileOf(place)) throw new Error(`PostgreSQL did not stop: ${outcome.output.trim()}`)
}

// After a restart of the machine or container the number in the pid file may be some other program's, and in a container
// nobody may take note of a process that ended. PostgreSQL would take either for a running server and refuse. A number nobody
// has lets it start, and still check for its own left-over processes.
function disownForeignPid(place: Place): void {
  const path = pidFileOf(place)
  if (!path || process.platform === 'win32') return
  const [pid, ...rest] = readFileSync(path, 'utf8').split('\n')
  const program = commandOf(Number(pid))
  if (program === undefined || /postgres/.test(program)) return
  writeOwned(path, ['2147483646', ...rest].join('\n'), place.owner)
}

function commandOf(pid: number): string | undefined {
  try {
    const [, command, state] = /\((.*)\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return state === 'Z' ? 'ended' : command
  } catch {
    return undefined
  }
}

function writeOwned(path: string, text: string, owner: Owner | undefined): void {
  writeFileSync(path, text, { mode: 0o600 })
  if (owner) chownSync(path, owner.uid, owner.gid)
}

const logSize = (place: Place) => statSync(logOf(place), { throwIfNoEntry: false })?.size ?? 0

function rotateLog(place: Place): void {
  if (logSize(place) > 10 * 1024 * 1024) renameSync(logOf(place), `${logOf(place)}.1`)
}

function readLog(place: Place, from: number): string {
  const length = Math.min(logSize(place) - from, 65_536)
  if (length <= 0) return ''
  const file = openSync(logOf(place), 'r')
  const bytes = Buffer.alloc(length)
  readSync(file, bytes, 0, length, from)
  closeSync(file)
  return bytes.toString('utf8')
}

// On a full disk the log that would say so cannot be written either.
function isFull(output: string, place: Place): boolean {
  const { bavail, bsize } = statfsSync(place.home)
  return /no space left|disk quota/i.test(output) || bavail * bsize < 1024 * 1024
}

function explain(output: string, place: Place): string {
  if (isFull(output, place)) return `The disk that holds ${place.home} is full: free some space and start again.`
  if (/permission denied|read-only file system/i.test(output)) return `PostgreSQL may not write to ${place.home}: ${lastLine(output)}.`
  const where = livesElsewhere(place) || existsSync(logOf(place)) ? ` (see ${logOf(place)})` : ''
  return `PostgreSQL did not start${where}: ${lastLine(output)}.`
}

function lastLine(output: string): string {
  const lines = output.split('\n').map((line) => line.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '').trim())
  const telling = output.split('\n').findIndex((line) => /FATAL|PANIC|error:/.test(line))
  return (lines[telling] || lines.filter(Boolean).at(-1) || 'it gave no reason').replace(/\.$/, '')
}
