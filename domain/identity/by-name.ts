import { type RawBuilder, sql } from 'kysely'
import { Refusal } from '../../kernel/refusal.ts'

/** A page in the order of names; where it ends, the mark of the last row says where the next begins. */
export function pageByName<R extends { sort: string; id: string }, V>(rows: R[], limit: number, viewOf: (row: R) => V) {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > limit && last ? Buffer.from(JSON.stringify([last.sort, last.id])).toString('base64url') : null
  return { items: shown.map(viewOf), next }
}

/** The rows after a mark. `alias` names the table, which has a name and an id. */
export function afterName(alias: string, mark: string): RawBuilder<boolean> {
  const [sort, id] = readMark(mark)
  return sql<boolean>`(lower(${sql.ref(`${alias}.name`)}), ${sql.ref(`${alias}.id`)}) > (${sort}, ${id}::uuid)`
}

function readMark(mark: string): [string, string] {
  try {
    const [sort, id] = JSON.parse(Buffer.from(mark, 'base64url').toString())
    if (typeof sort === 'string' && typeof id === 'string') return [sort, id]
  } catch {}
  throw new Refusal('invalid', 'unknown_mark', 'This page mark is not one of ours. Start from the first page.')
}

/** The pattern of texts that contain this one, whatever signs it holds. */
export const containing = (text = ''): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`
