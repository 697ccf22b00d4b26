import { median, percentile, type Round } from './drive.ts'
import { type Used, wholeOf } from './processor.ts'

/** One line of the bench: a floor or a figure of the product. Times in ms. */
export type Row = {
  name: string
  n: number
  p50: number
  p95: number
  p99: number
  perSecond: number | null
  /** Of the floor measured in the same run, between 0 and 1. */
  ofFloor: number | null
  /** Processor time each took, in ms. */
  used: Used | null
  targets: Target[]
  /** What else is worth saying. */
  note?: string
}
export type Target = { says: string; met: boolean }

export const atLeast = (what: string, value: number, least: number, unit = ''): Target => ({
  says: `${what} ${figure(value)}${unit} ≥ ${figure(least)}${unit}`,
  met: value >= least,
})
export const below = (what: string, value: number, most: number, unit = ''): Target => ({
  says: `${what} ${figure(value)}${unit} < ${figure(most)}${unit}`,
  met: value < most,
})

/** A row of the middle round: neighbours on the same machine make some rounds slow, and luck makes some fast. */
export function rowOf(name: string, rounds: readonly Round[]): Row {
  const middle = median(rounds.map((it) => it.perSecond))
  const round = rounds.find((it) => it.perSecond === middle)!
  return { ...timesOf(name, round.times), n: rounds.reduce((sum, it) => sum + it.times.length, 0), perSecond: middle, used: round.used }
}

export function timesOf(name: string, sorted: ArrayLike<number>): Row {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(sorted, share))
  return { name, n: sorted.length, p50: p50!, p95: p95!, p99: p99!, perSecond: null, ofFloor: null, used: null, targets: [] }
}

/** The middle of what each round reached of the floor measured right beside it. */
export function ofFloor(floor: readonly Round[], product: readonly Round[]): number {
  return median(product.map((it, at) => it.perSecond / floor[at]!.perSecond))
}

export const figure = (value: number): string =>
  Number.isNaN(value) ? '–' : Math.abs(value) >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)

const heads = ['', 'n', 'p50 ms', 'p95', 'p99', 'per s', 'of floor', 'cpu ms', 'load', 'server', 'pg'] as const
const widths = [44, 8, 8, 8, 8, 8, 9, 9, 7, 7, 7] as const

export const headLine = (): string => heads.map((head, at) => aligned(head, at)).join('')

export function lineOf(row: Row): string {
  const cells = [
    row.name,
    String(row.n),
    figure(row.p50),
    figure(row.p95),
    figure(row.p99),
    row.perSecond === null ? '' : figure(row.perSecond),
    row.ofFloor === null ? '' : `${(row.ofFloor * 100).toFixed(0)} %`,
    ...(row.used === null ? [] : [wholeOf(row.used), row.used.load, row.used.server, row.used.database].map(figure)),
  ]
  const targets = row.targets.map((it) => `${it.met ? '✓' : '✗ MISSED'} ${it.says}`)
  return [cells.map(aligned).join(''), ...[...targets, ...(row.note ? [row.note] : [])].map((it) => `    ${it}`)].join('\n')
}

const aligned = (cell: string, at: number) => (at === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[at]!))
