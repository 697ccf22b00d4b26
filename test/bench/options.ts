import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { SeedSize } from '../../database/seed/bench-seed.ts'

export type Options = {
  seed: SeedSize
  /** A small seed and short rounds: shows that the bench runs, measures nothing. */
  quick: boolean
  only: readonly string[]
  dataDir: string
  rounds: number
  /** Of one round, in seconds. */
  seconds: number
  /** Run the server from its sources instead of `dist/`. */
  sources: boolean
  /** A folder for a CPU profile of the server. */
  profile: string | null
}

const root = join(import.meta.dirname, '..', '..')
export const resultsFolder = join(root, 'results')

const stated: SeedSize = { conversations: 100_000, messages: 1_000_000 }
const small: SeedSize = { conversations: 2_000, messages: 20_000 }

export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', multiple: true, default: [] },
      quick: { type: 'boolean', default: false },
      data: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      sources: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  })
  const { quick } = values
  const seed = quick ? small : stated
  return {
    seed,
    quick,
    only: values.only,
    dataDir: values.data ?? join(resultsFolder, `bench-${seed.conversations}-${seed.messages}`),
    rounds: Number(values.rounds ?? (quick ? 1 : 3)),
    seconds: Number(values.seconds ?? (quick ? 1 : 4)),
    sources: values.sources,
    profile: values.profile ?? null,
  }
}
