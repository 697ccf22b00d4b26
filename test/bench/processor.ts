import { readdirSync, readFileSync } from 'node:fs'
import type pg from 'pg'

/** Processor time used so far, in ms, by who used it. Neighbours on the machine stretch wall time, not this. */
export type Used = { load: number; server: number; database: number }

/** Reads it on Linux; elsewhere there is nothing to read. */
export async function processorOf(pool: pg.Pool, server: number): Promise<() => Used> {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const postmaster = statOf(rows[0]!.pid)?.parent
  return () => {
    const { user, system } = process.cpuUsage()
    return {
      load: (user + system) / 1000,
      server: statOf(server)?.own ?? Number.NaN,
      database: postmaster ? familyOf(postmaster) : Number.NaN,
    }
  }
}

export const between = (before: Used, after: Used, n: number): Used => ({
  load: (after.load - before.load) / n,
  server: (after.server - before.server) / n,
  database: (after.database - before.database) / n,
})

/** What an operation took of the processor, whoever did it. */
export const wholeOf = ({ load, server, database }: Used): number => load + server + database

const tick = 10

type Stat = { parent: number; own: number; ended: number }

function statOf(pid: number): Stat | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ').map(Number)
    const at = (place: number) => fields[place - 3] ?? 0
    return { parent: at(4), own: (at(14) + at(15)) * tick, ended: (at(16) + at(17)) * tick }
  } catch {
    return null
  }
}

// PostgreSQL works in a process per connection: those that live now, and those that ended.
function familyOf(postmaster: number): number {
  const head = statOf(postmaster)
  const children = readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null
    return stat?.parent === postmaster ? [stat.own] : []
  })
  return (head?.own ?? 0) + (head?.ended ?? 0) + children.reduce((sum, own) => sum + own, 0)
}
