import type { Client } from './client.ts'
import { drive, type Round } from './drive.ts'
import type { FloorNeeds } from './floors.ts'
import type { Options } from './options.ts'
import type { Used } from './processor.ts'
import { ofFloor, type Row, rowOf } from './report.ts'
import type { Server } from './server.ts'
import type { Stage } from './stage.ts'

/** What every measurement is given. `tell` prints a row and keeps it. */
export type Bench = {
  options: Options
  stage: Stage
  server: Server
  /** As a signed-in administrator in two teams. */
  person: Client
  /** As a program with a key. */
  program: Client
  floor: FloorNeeds
  tell: (row: Row) => void
  used: () => Used
  /** Unique to this run, for addresses and ids. */
  run: string
}

type Side = { name: string; work: (turn: number) => Promise<unknown> }

/** Measures a floor and the product in turns, so that what neighbours on the machine do falls on both. */
export async function sideBySide(
  bench: Bench,
  workers: number,
  sides: { floor: Side; product: Side },
): Promise<{ floor: Row; product: Row }> {
  const { rounds, seconds } = bench.options
  const round = (side: Side, time: number) => drive({ workers, seconds: time, work: side.work, used: bench.used })
  // Long enough for what is asked over and over to be compiled.
  await round(sides.floor, seconds / 2)
  await round(sides.product, seconds * 1.5)
  const floors: Round[] = []
  const products: Round[] = []
  for (let at = 0; at < rounds; at++) {
    floors.push(await round(sides.floor, seconds))
    products.push(await round(sides.product, seconds))
  }
  return {
    floor: rowOf(sides.floor.name, floors),
    product: { ...rowOf(sides.product.name, products), ofFloor: ofFloor(floors, products) },
  }
}

/** Measures the product alone. */
export async function alone(bench: Bench, workers: number, side: Side): Promise<Row> {
  const { rounds, seconds } = bench.options
  const round = (time: number) => drive({ workers, seconds: time, work: side.work, used: bench.used })
  await round(seconds)
  const done: Round[] = []
  for (let at = 0; at < rounds; at++) done.push(await round(seconds))
  return rowOf(side.name, done)
}
