import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { CannotStart, onDisk } from '../cannot-start.ts'
import { makeDataFolder } from '../data-folder.ts'
import { systemFolder } from './binaries.ts'
import { canEnter, type Owner, ownerOf } from './owner.ts'

/** Where one database lives: `home` holds the cluster, its log and its socket, and belongs to `owner`. */
export type Place = { dataDir: string; home: string; owner: Owner | undefined }

/** The folder PostgreSQL itself works in. */
export const clusterOf = (place: Place) => join(place.home, 'cluster')
export const logOf = (place: Place) => join(place.home, 'server.log')

// Says where the database is when it could not be inside the data folder.
const signpost = (dataDir: string) => join(dataDir, 'postgres.location')

/** Finds or prepares the place for the database of a data folder. */
export function findPlace(folder: string): Promise<Place> {
  const dataDir = resolve(folder)
  return onDisk(dataDir, () => {
    makeDataFolder(dataDir)
    const home = recordedHome(dataDir) ?? join(dataDir, 'postgres')
    const owner = ownerOf(home)
    if (existsSync(home) || canEnter(owner, dataDir)) return { dataDir, home, owner }
    mkdirSync(systemFolder, { recursive: true, mode: 0o755 })
    return { dataDir, home: join(systemFolder, randomBytes(6).toString('hex')), owner }
  })
}

function recordedHome(dataDir: string): string | undefined {
  if (!existsSync(signpost(dataDir))) return undefined
  const home = readFileSync(signpost(dataDir), 'utf8').trim()
  if (existsSync(home)) return home
  throw new CannotStart(`The database of ${dataDir} should be in ${home} but is not there: bring it back or restore a backup.`)
}

/** Whether the database lives outside its data folder, because PostgreSQL's user cannot reach that. */
export const livesElsewhere = (place: Place) => !place.home.startsWith(place.dataDir)

/** Remembers a home outside the data folder. Two first starts at once agree on whichever was written first. */
export function recordHome(place: Place): Place {
  if (!livesElsewhere(place) || existsSync(signpost(place.dataDir))) return place
  try {
    writeFileSync(signpost(place.dataDir), `${place.home}\n`, { flag: 'wx' })
    return place
  } catch {
    const home = recordedHome(place.dataDir)
    if (!home) throw new Error(`Cannot write ${signpost(place.dataDir)}`)
    rmSync(place.home, { recursive: true, force: true })
    return { ...place, home }
  }
}

/** Makes a private folder that belongs to PostgreSQL's user. */
export function makePrivate(folder: string, owner: Owner | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (owner) chownSync(folder, owner.uid, owner.gid)
  chmodSync(folder, 0o700)
}

// A socket's whole path must fit 108 bytes on Linux and 104 on macOS, the closing zero included.
const longestPath = 103

/** The private folder for the socket: in the home, or under the temporary folder when that path is too long. */
export function socketFolder(place: Place): string {
  const usual = join(place.home, 'socket')
  const fits = Buffer.byteLength(join(usual, '.s.PGSQL.5432.lock')) <= longestPath
  const name = `sinew-${createHash('sha256').update(place.home).digest('hex').slice(0, 12)}`
  const folder = fits ? usual : join(canEnter(place.owner, tmpdir()) ? tmpdir() : '/tmp', name)
  if (!existsSync(folder)) makePrivate(folder, place.owner)
  const found = lstatSync(folder)
  // In a temporary folder somebody else could have been there first.
  const expected = place.owner?.uid ?? process.getuid?.()
  if (!found.isDirectory() || (expected !== undefined && found.uid !== expected)) {
    throw new CannotStart(`${folder} belongs to somebody else: remove it and start again.`)
  }
  chmodSync(folder, 0o700)
  return folder
}

/** The cluster's pid file, if there: while a server runs, or after it was killed. */
export function pidFileOf(place: Place): string | undefined {
  const path = join(clusterOf(place), 'postmaster.pid')
  return existsSync(path) ? path : undefined
}
