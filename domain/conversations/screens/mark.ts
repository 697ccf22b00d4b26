import { Refusal } from '../../../kernel/refusal.ts'

/** The mark of a page: where the last row stood, in microseconds as the database has them, so that none is skipped or shown twice. */
export function writeMark(at: string | Date, id: string): string {
  return Buffer.from(`${typeof at === 'string' ? at : at.toISOString()} ${id}`).toString('base64url')
}

const shape = /^(\d{4,6}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d(?::?\d\d)?)) ([0-9a-z-]{1,40})$/

export function readMark(mark: string): { at: string; id: string } {
  const [, at, id] = shape.exec(Buffer.from(mark, 'base64url').toString()) ?? []
  if (!at || !id) throw new Refusal('invalid', 'unknown_mark', 'This page mark is not one of ours. Start from the first page.')
  return { at, id }
}
