import { v7 } from 'uuid'

/** A new id: UUIDv7, so that ids sort by the time they were made and inserts stay at the end of their index. */
export const newId = <T extends string = string>(at?: Date): T => (at ? v7({ msecs: at.getTime() }) : v7()) as T
