import { sql } from 'kysely'
import type { OrganisationView } from '../../contract/identity.ts'
import type { Actor, Tx } from '../../kernel/context.ts'
import { may } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { houseKey, sees } from '../../kernel/visibility.ts'
import { afterName, pageByName } from './by-name.ts'

/** The organisations page. Outside the house one finds one's own and the house. */
export async function listOrganisations(tx: Tx, actor: Actor, { limit, after }: { limit: number; after?: string | undefined }) {
  const rows = await rowsOf(tx, actor)
    .$if(after !== undefined, (all) => all.where(afterName('organisations', after ?? '')))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  return pageByName(rows, limit, (row) => viewOf(actor, row))
}

export async function getOrganisation(tx: Tx, actor: Actor, id: string): Promise<OrganisationView> {
  const row = await rowsOf(tx, actor).where('id', '=', id).executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'organisation_not_found', 'There is no such organisation.')
  return viewOf(actor, row)
}

const rowsOf = (tx: Tx, actor: Actor) =>
  tx
    .selectFrom('organisations')
    .selectAll()
    .select(sql<string>`lower(name)`.as('sort'))
    .$if(!sees(actor, [houseKey]), (all) =>
      all.where((it) => it.or([it('kind', '=', 'in_house'), ...(actor.organisation ? [it('id', '=', actor.organisation.id)] : [])])),
    )

type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>['executeTakeFirstOrThrow']>>

function viewOf(actor: Actor, row: Row): OrganisationView {
  const can = may(actor, 'organisation.update') ? ['change', ...(row.kind === 'in_house' ? [] : ['delete'])] : []
  const view = { id: row.id, name: row.name, kind: row.kind, functions: row.functions, externalId: row.external_id, can }
  return view as OrganisationView
}
