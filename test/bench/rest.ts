import { setTimeout as pause } from 'node:timers/promises'
import type { Options } from './options.ts'
import { below, type Row, timesOf } from './report.ts'
import { startServer } from './server.ts'

/** Starts again and again on the seeded folder, database included, and looks at what a process occupies when nobody asks anything. */
export async function measureRest(options: Options, tell: (row: Row) => void): Promise<void> {
  const starts: number[] = []
  const sizes: { pss: number; rss: number }[] = []
  for (let at = 0; at < options.rounds; at++) {
    const server = await startServer(options.dataDir, { ...options, profile: null })
    starts.push(server.startedIn)
    if (at === 0) {
      // Long enough for what starting needed to be collected.
      await pause(options.quick ? 1_000 : 20_000)
      sizes.push(server.memory())
    }
    await server.stop()
  }
  const start = timesOf(
    'start with everything there, PostgreSQL too',
    starts.sort((a, b) => a - b),
  )
  tell({ ...start, targets: [below('p95', start.p95, 3_000, ' ms')] })
  const [size] = sizes
  if (!size || Number.isNaN(size.pss)) return
  const row = timesOf('memory at rest, without PostgreSQL (MiB, PSS)', [size.pss])
  tell({ ...row, targets: [below('PSS', size.pss, 200, ' MiB')], note: `RSS ${size.rss.toFixed(0)} MiB` })
}
