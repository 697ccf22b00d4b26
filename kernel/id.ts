import { v7 } from 'uuid'

// Counts on within a millisecond, so that ids made one after the other sort that way.
let sequence = 0

/** A new id: UUIDv7 of this time (now unless given), so that ids sort by the time they were made and inserts stay at the end of their index. */
export function newId<T extends string = string>(at: Date = new Date()): T {
  sequence = (sequence + 1) >>> 0
  return v7({ msecs: at.getTime(), seq: sequence }) as T
}
