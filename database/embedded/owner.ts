import { execFileSync, spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { CannotStart } from '../cannot-start.ts'

/** The user PostgreSQL runs as, when that is not ourselves. */
export type Owner = { uid: number; gid: number }

// PostgreSQL refuses to run as root. Making a user would change the machine, so one that is there already has to do.
const candidates = ['sinew', 'postgres', '_postgres', 'nobody']

/** Who runs the cluster kept in `home`: whoever made it, else ourselves, else (as root) an unprivileged user of this machine. */
export function ownerOf(home: string): Owner | undefined {
  const us = process.getuid?.()
  if (us === undefined) return undefined
  const made = statSync(home, { throwIfNoEntry: false })
  if (us !== 0) {
    if (made && made.uid !== us) {
      throw new CannotStart(`The database in ${home} belongs to another user (${made.uid}): start Sinew as that user or as root.`)
    }
    return undefined
  }
  if (made && made.uid !== 0) return { uid: made.uid, gid: made.gid }
  for (const name of candidates) {
    const found = lookUp(name)
    if (found) return found
  }
  throw new CannotStart('PostgreSQL does not run as root and this machine has no user for it: add one with "useradd --system sinew".')
}

function lookUp(name: string): Owner | undefined {
  const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}

/** Whether that user can enter a folder: every folder above it has to let them through. */
export function canEnter(owner: Owner | undefined, folder: string): boolean {
  if (!owner) return true
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', folder], { ...owner, cwd: '/', stdio: 'ignore' }).status === 0
}
