import type { Context } from '../../kernel/context.ts'
import type { Author } from './message.ts'

/** Whoever is acting, as the author of what they write. */
export async function authorOf(ctx: Context): Promise<Author> {
  const { kind, id } = ctx.actor
  if (kind === 'person') {
    const { name, organisation_id } = await ctx.tx
      .selectFrom('people')
      .select(['name', 'organisation_id'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return { kind, id, organisationId: organisation_id, name }
  }
  if (kind === 'integration') {
    const { name } = await ctx.tx.selectFrom('api_keys').select('name').where('id', '=', id).executeTakeFirstOrThrow()
    return { kind, id, name }
  }
  return { kind: 'system', id: null, name: 'Sinew' }
}
