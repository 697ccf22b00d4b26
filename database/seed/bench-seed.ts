import { readFileSync } from 'node:fs'
import type pg from 'pg'

export type SeedSize = { conversations: number; messages: number }

/** Counted names of the tables the seed is measured by. */
export async function countSeed(pool: pg.Pool): Promise<SeedSize> {
  const { rows } = await pool.query<SeedSize>(
    'select (select count(*)::int from conversations) as conversations, (select count(*)::int from messages) as messages',
  )
  return rows[0]!
}

/**
 * Fills a fresh instance for the bench (see bench.sql), tells each step with its seconds, and leaves fresh statistics.
 * Foreign keys are not checked while loading: the rows are right by construction, and checking a million takes longer than
 * writing them.
 */
export async function seedBench(pool: pg.Pool, size: SeedSize, tell: (line: string) => void): Promise<void> {
  if (size.messages < size.conversations * 3) throw new Error('The bench seed needs at least three messages per conversation.')
  const client = await pool.connect()
  try {
    await client.query(`set session_replication_role = replica`)
    await client.query(`set synchronous_commit = off`)
    await client.query(`set work_mem = '256MB'`)
    await client.query('select set_config($1, $2, false), set_config($3, $4, false)', [
      'seed.conversations',
      String(size.conversations),
      'seed.messages',
      String(size.messages),
    ])
    for (const { name, statements } of readSteps()) {
      const started = performance.now()
      await client.query(statements)
      tell(`  ${name} ${((performance.now() - started) / 1000).toFixed(1)} s`)
    }
  } finally {
    client.release(true)
  }
  await pool.query('vacuum analyze')
  await pool.query('checkpoint')
}

function readSteps(): { name: string; statements: string }[] {
  const text = readFileSync(new URL('bench.sql', import.meta.url), 'utf8')
  const [, ...steps] = text.split(/^---- /m)
  return steps.map((step) => {
    const end = step.indexOf('\n')
    return { name: step.slice(0, end), statements: step.slice(end) }
  })
}
