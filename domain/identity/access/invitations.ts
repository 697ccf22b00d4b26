import type { InvitationView } from '../../../contract/access.ts'
import type { OrganisationId } from '../../../contract/identity.ts'
import type { Actor, OrganisationKind, Tx } from '../../../kernel/context.ts'
import { houseKey, sees } from '../../../kernel/visibility.ts'
import { type Invitation, stateOf } from './invitation.ts'
import { invitationOf } from './store.ts'

type Asking = { tx: Tx; actor: Actor; now: Date }

/** The invitations page, newest first. Outside the house one finds those into one's own organisation. */
export async function listInvitations(asking: Asking, { limit, after }: { limit: number; after?: string | undefined }) {
  const rows = await rowsOf(asking)
    .$if(after !== undefined, (all) => all.where('invitations.id', '<', after ?? ''))
    .orderBy('invitations.id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  return { items: shown.map((row) => viewOf(row, asking.now)), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null }
}

export async function getInvitation(asking: Asking, id: string): Promise<InvitationView> {
  return viewOf(await rowsOf(asking).where('invitations.id', '=', id).executeTakeFirstOrThrow(), asking.now)
}

const rowsOf = ({ tx, actor }: Asking) =>
  tx
    .selectFrom('invitations')
    .innerJoin('organisations as o', 'o.id', 'invitations.organisation_id')
    .selectAll('invitations')
    .select(['o.name as organisation_name', 'o.kind'])
    .$if(!sees(actor, [houseKey]), (all) => all.where('invitations.organisation_id', '=', actor.organisation?.id ?? null))

type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>['executeTakeFirstOrThrow']>>

function viewOf(row: Row, now: Date): InvitationView {
  const it: Invitation = invitationOf(row)
  const state = stateOf(it, now)
  return {
    id: it.id,
    email: it.email,
    name: it.name,
    organisation: { id: row.organisation_id as OrganisationId, name: row.organisation_name, kind: row.kind as OrganisationKind },
    roles: [...it.roles],
    teamIds: [...it.teamIds],
    state,
    createdAt: it.createdAt.toISOString(),
    expiresAt: it.expiresAt.toISOString(),
    can: state === 'open' || state === 'expired' ? ['resend', 'revoke'] : [],
  }
}
