import { createHash } from 'node:crypto'
import { readFileSync, realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { CannotStart, onDisk } from './cannot-start.ts'
import type { Connection } from './connect.ts'
import { findBinaries } from './embedded/binaries.ts'
import { makeCluster, startCluster, stopCluster, superuser } from './embedded/cluster.ts'
import { type Cluster, claim, ensureDatabase, enter, type Keeper, leave } from './embedded/keeper.ts'
import { findPlace, livesElsewhere, type Place, pidFileOf, socketFolder } from './embedded/place.ts'
import type { Listening } from './embedded/settings-file.ts'

/** A running database of our own. */
export type Embedded = {
  connection: Connection
  /** It was running already. */
  adopted: boolean
  home: string
  /** It lives outside the data folder, because PostgreSQL's user cannot reach that. */
  elsewhere: boolean
  /** Shuts it down, unless another process of ours still uses it: the last one out does it. */
  stop(): Promise<void>
}

export type EmbeddedOptions = {
  dataDir: string
  /** A server claims the data folder for itself; a tool (the CLI, a test) may work beside it. */
  as: 'server' | 'tool'
  /** False for tests only: what is written may be lost in a power cut. */
  durable?: boolean
  /** PostgreSQL died under us and could not be started again. */
  onLost?: (error: unknown) => void
}

/** Makes, starts or adopts the PostgreSQL of a data folder. Safe to call from several processes at once. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { place, cluster } = await prepare(options)
  let keeper = await enterAs(options.as, cluster, place)
  let leaving = false
  const watch = () =>
    keeper.client.once('end', () => {
      if (leaving) return
      enterAs(options.as, cluster, place).then((again) => {
        keeper = again
        watch()
      }, options.onLost)
    })
  watch()
  return {
    connection: { ...(cluster.connection as Connection), database: 'sinew' },
    adopted: keeper.adopted,
    home: place.home,
    elsewhere: livesElsewhere(place),
    stop: () => {
      leaving = true
      return leave(keeper, cluster)
    },
  }
}

async function enterAs(as: EmbeddedOptions['as'], cluster: Cluster, place: Place): Promise<Keeper> {
  const keeper = await enter(cluster)
  if (as === 'server' && !(await claim(keeper))) {
    await keeper.client.end()
    throw new CannotStart(`Another Sinew is already running on ${place.dataDir}: stop it, or set DATA_DIR to another folder.`)
  }
  await ensureDatabase(keeper, 'sinew')
  return keeper
}

async function prepare(options: EmbeddedOptions): Promise<{ place: Place; cluster: Cluster }> {
  const found = await findPlace(options.dataDir)
  const binaries = await findBinaries(found.owner)
  const durable = options.durable ?? true
  const place = await onDisk(found.home, () => makeCluster(binaries, found, durable))
  const listening = await onDisk(place.home, () => chooseListening(place))
  const name = `sinew-${createHash('sha256').update(realpathSync(place.home)).digest('hex').slice(0, 12)}`
  const cluster = {
    home: place.home,
    name,
    connection: connectionTo(place, listening),
    start: () => onDisk(place.home, () => startCluster(binaries, place, { listening, name, durable })),
    stop: () => stopCluster(binaries, place),
  }
  return { place, cluster }
}

// Windows has no private sockets: there it listens on the loopback, on a port of its own, behind a password.
async function chooseListening(place: Place): Promise<Listening> {
  if (process.platform !== 'win32') return { socketFolder: socketFolder(place) }
  const pidFile = pidFileOf(place)
  const recorded = pidFile && Number(readFileSync(pidFile, 'utf8').split('\n')[3])
  return { loopbackPort: recorded || (await freePort()) }
}

function connectionTo(place: Place, listening: Listening): Connection {
  if ('socketFolder' in listening) return { host: listening.socketFolder, port: 5432, user: superuser, database: 'postgres' }
  const password = readFileSync(join(place.home, 'password'), 'utf8')
  return { host: '127.0.0.1', port: listening.loopbackPort, user: superuser, password, database: 'postgres' }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No free port'))))
    })
  })
}
