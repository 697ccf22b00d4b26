import { type RawBuilder, sql } from 'kysely'

/** What a timeline ships of each of a mail's words, in characters. A long report fits; the rest is in the raw mail. */
const mostWords = 100_000

/** After so many bytes a page of a timeline ends, whatever its limit. */
const mostOnPage = 8_000_000

const bytes = (column: string) => sql`coalesce(octet_length(m.${sql.ref(column)}), 0)`
const bytesOf = (columns: readonly string[]) => sql`(${sql.join(columns.map(bytes), sql` + `)})`

/**
 * Whether `messages m` is small enough to read as it lies there, as almost all are: a page full of them stays below its
 * measure. A column's length is known without reading it; the new words and the quoted ones are parts of the text.
 */
export const isLight: RawBuilder<boolean> = sql`${bytesOf(['text', 'html', 'quoted_html'])} < 20000
  and pg_column_size(m.to_addresses) + pg_column_size(m.cc_addresses) < 2000`

const words = ['text', 'reply_text', 'quoted_text', 'html', 'quoted_html'] as const
const piece = (column: string) => sql`left(m.${sql.ref(column)}, ${sql.lit(mostWords)})`
// What did not come by mail has no raw mail to be read in: it is shown whole.
const isLong = (column: string) => sql`m.inbound_id is not null and octet_length(m.${sql.ref(column)}) > ${sql.lit(mostWords)}`
const isCut = (column: string) => sql`(${isLong(column)} and octet_length(m.${sql.ref(column)}) > octet_length(${piece(column)}))`

/** The words of `messages m`: all of them, or as much as a page ships and whether that is not all. */
export const allWords = sql`${sql.join(words.map((it) => sql`m.${sql.ref(it)}`))}`
export const boundedWords = sql`
  ${sql.join(words.map((it) => sql`case when ${isLong(it)} then ${piece(it)} else m.${sql.ref(it)} end as ${sql.ref(it)}`))},
  coalesce(${sql.join(words.map(isCut), sql` or `)}, false) as truncated`

// A letter is one byte in most mails and three in some.
const weight = sql`(${sql.join(
  words.map((it) => sql`least(${bytes(it)}, ${sql.lit(2 * mostWords)})`),
  sql` + `,
)} + octet_length(m.to_addresses::text) + octet_length(m.cc_addresses::text))`

/** Of some messages, oldest first, those that fit on one page: the first does in any case. */
export const fitting = (ids: readonly string[]): RawBuilder<unknown> => sql`(
  select * from (
    select m.*, sum(${weight}) over (order by m.at, m.id rows between unbounded preceding and 1 preceding) as before
    from messages m where m.id = any(${ids}::uuid[])
  ) m where coalesce(m.before, 0) < ${sql.lit(mostOnPage)})`
