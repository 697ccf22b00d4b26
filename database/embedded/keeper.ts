import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { CannotStart } from '../cannot-start.ts'

// Advisory locks in the maintenance database. They end with their connection, so a killed process never leaves one behind.
const presence = 736_001
const serving = 736_002

/** What a keeper needs to know of its cluster: where it answers, its name, and how to start and stop it. */
export type Cluster = {
  home: string
  name: string
  connection: pg.ClientConfig
  /** False: another start was quicker or the last server has not let go yet. */
  start: () => Promise<boolean>
  stop: () => Promise<void>
}

/** One connection held open for as long as this process uses the cluster, so that others see that somebody does. */
export type Keeper = { client: pg.Client; adopted: boolean }

/** Connects to the cluster, starting it when it does not run. */
export async function enter(cluster: Cluster): Promise<Keeper> {
  const giveUpAt = Date.now() + 15_000
  let adopted = true
  while (Date.now() < giveUpAt) {
    const client = await connect(cluster)
    if (client) return { client, adopted }
    if (await cluster.start()) adopted = false
    else await pause(200)
  }
  throw new CannotStart(`The database in ${cluster.home} is held by a process that neither answers nor ends: restart this machine.`)
}

/** Leaves the cluster, and stops it unless some other process still uses it. */
export async function leave({ client }: Keeper, cluster: Cluster): Promise<void> {
  await client.query('select pg_advisory_unlock_shared($1)', [presence])
  const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [presence])
  // Held until the server is down: whoever comes now waits for this lock, is cut off, and starts the cluster again.
  if (rows[0]?.alone) await cluster.stop()
  await client.end().catch(() => undefined)
}

/** Claims the data folder for one server. A predecessor that is just ending gets a moment to do so. */
export async function claim({ client }: Keeper): Promise<boolean> {
  const giveUpAt = Date.now() + 3_000
  for (;;) {
    const { rows } = await client.query<{ ours: boolean }>('select pg_try_advisory_lock($1) as ours', [serving])
    if (rows[0]?.ours) return true
    if (Date.now() > giveUpAt) return false
    await pause(150)
  }
}

/** Creates a database when it is not there. */
export async function ensureDatabase({ client }: Keeper, name: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
  if (rowCount) return
  await client.query(`create database ${client.escapeIdentifier(name)}`).catch((error: { code?: string }) => {
    // duplicate_database, or the same seen from its unique index: somebody else just made it
    if (error.code !== '42P04' && error.code !== '23505') throw error
  })
}

async function connect(cluster: Cluster): Promise<pg.Client | undefined> {
  const client = new pg.Client({ ...cluster.connection, database: 'postgres', application_name: 'sinew keeper' })
  // Losing the connection is reported by the query that needed it, or by whoever listens for 'end'.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ name: string }>(`select current_setting('cluster_name') as name`)
    if (rows[0]?.name !== cluster.name) throw new CannotStart(`Another PostgreSQL answers in place of the one in ${cluster.home}: stop it.`)
    await client.query('select pg_advisory_lock_shared($1)', [presence])
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    if (notRunning(error as { code?: string; message: string })) return undefined
    throw error
  }
}

// No socket, nobody behind it, starting up or shutting down, or cut off while waiting.
function notRunning(error: { code?: string; message: string }): boolean {
  const codes = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03']
  return codes.includes(error.code ?? '') || /Connection terminated/.test(error.message)
}
