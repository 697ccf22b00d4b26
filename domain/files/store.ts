import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Context, Tx } from '../../kernel/context.ts'
import type { Instance } from '../../kernel/instance.ts'

/** Up to here bytes live in their row and come with it in one read; above, in the file store. */
const inRow = 64 * 1024
export const fitsInRow = (bytes: Uint8Array): boolean => bytes.byteLength <= inRow

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Keeps bytes by their hash and returns it. Large bytes are on disk before the row that names them is committed. */
export async function keepFile(ctx: Context, bytes: Uint8Array): Promise<string> {
  const sha256 = sha256Of(bytes)
  if (!fitsInRow(bytes)) {
    await holdName(ctx.tx, sha256)
    await ctx.instance.files.put(sha256, bytes)
  }
  await fileRow(ctx, sha256, bytes).execute()
  return sha256
}

/** The row of a file, as an insert that may be part of a wider statement. Bytes that do not fit in it must be on disk already. */
export function fileRow({ tx, now }: Pick<Context, 'tx' | 'now'>, sha256: string, bytes: Uint8Array) {
  const row = { sha256, size: bytes.byteLength, bytes: fitsInRow(bytes) ? Buffer.from(bytes) : null, created_at: now }
  // Touching a row that is there already locks it, so that nobody removes it before our reference to it is committed.
  const touched = { size: bytes.byteLength }
  return tx
    .insertInto('files')
    .values(row)
    .onConflict((c) => c.column('sha256').doUpdateSet(touched))
}

// Between the bytes on disk and the row that names them, a removal of the same bytes must not come in.
async function holdName(tx: Tx, sha256: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${sha256}, 0))`.execute(tx)
}

/** The bytes of a kept file. A missing one is a bug or a damaged disk: it throws. */
export async function readFile(ctx: { tx: Tx; instance: Instance }, sha256: string): Promise<Uint8Array> {
  const row = await ctx.tx.selectFrom('files').select('bytes').where('sha256', '=', sha256).executeTakeFirstOrThrow()
  return row.bytes ?? ctx.instance.files.get(sha256)
}

/** Removes files that nothing refers to any more; foreign keys know who still does. Bytes on disk follow by a job. */
export async function dropUnusedFiles(ctx: Context, hashes: readonly string[]): Promise<void> {
  for (const sha256 of new Set(hashes)) {
    await sql`savepoint drop_file`.execute(ctx.tx)
    try {
      await ctx.tx.deleteFrom('files').where('sha256', '=', sha256).execute()
      await ctx.tx
        .insertInto('file_removals')
        .values({ sha256, at: ctx.now })
        .onConflict((c) => c.doNothing())
        .execute()
    } catch (error) {
      if ((error as { code?: string }).code !== '23503') throw error
      await sql`rollback to savepoint drop_file`.execute(ctx.tx)
    }
    await sql`release savepoint drop_file`.execute(ctx.tx)
  }
}

/** The oldest removals that wait. */
export async function listRemovals(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.selectFrom('file_removals').select('sha256').orderBy('at').limit(limit).execute()
  return rows.map((it) => it.sha256)
}

/** Takes a removal off the list and says whether the bytes really may go: not when the same bytes came back meanwhile. */
export async function takeRemoval(tx: Tx, sha256: string): Promise<boolean> {
  await holdName(tx, sha256)
  await tx.deleteFrom('file_removals').where('sha256', '=', sha256).execute()
  return !(await tx.selectFrom('files').select('sha256').where('sha256', '=', sha256).executeTakeFirst())
}
