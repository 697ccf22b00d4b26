import { between, type Used } from './processor.ts'

/** What a round of work showed: times in ms, sorted, and the processor time each took. */
export type Round = { times: Float64Array; perSecond: number; used: Used }

type Driving = { workers: number; seconds: number; work: (turn: number) => Promise<unknown>; used: () => Used }

/** Does the work over and over with so many workers at once, for so many seconds. Each worker waits for its own answer. */
export async function drive({ workers, seconds, work, used }: Driving): Promise<Round> {
  const times: number[] = []
  const before = used()
  const started = performance.now()
  const until = started + seconds * 1000
  let turn = 0
  const worker = async () => {
    while (performance.now() < until) {
      const begun = performance.now()
      await work(turn++)
      times.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: workers }, worker))
  const took = (performance.now() - started) / 1000
  return { times: Float64Array.from(times).sort(), perSecond: times.length / took, used: between(before, used(), times.length) }
}

/** The time that this share of all stayed under. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!
}

export const median = (numbers: readonly number[]): number =>
  percentile(
    [...numbers].sort((a, b) => a - b),
    0.5,
  )
