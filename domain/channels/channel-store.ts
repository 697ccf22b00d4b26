import type { Tx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Channel } from './channel.ts'

type Row = { id: string; kind: string; name: string; address: string | null; team_id: string | null }
const columns = ['id', 'kind', 'name', 'address', 'team_id'] as const
const fromRow = (row: Row): Channel => ({
  id: row.id,
  kind: row.kind as Channel['kind'],
  name: row.name,
  address: row.address,
  teamId: row.team_id,
})

export async function findChannelsByAddress(tx: Tx, addresses: readonly string[]): Promise<Channel[]> {
  const rows = await tx
    .selectFrom('channels')
    .select(columns)
    .where('address', 'in', [...addresses])
    .execute()
  return rows.map(fromRow)
}

export async function lockChannel(tx: Tx, id: string): Promise<Channel> {
  const row = await tx.selectFrom('channels').select(columns).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'channel_not_found', 'There is no such channel.')
  return fromRow(row)
}

export async function insertChannel(tx: Tx, it: Channel, now: Date): Promise<void> {
  await tx
    .insertInto('channels')
    .values({ id: it.id, kind: it.kind, name: it.name, address: it.address, team_id: it.teamId, created_at: now })
    .execute()
}

export async function saveChannel(tx: Tx, it: Channel): Promise<void> {
  await tx.updateTable('channels').set({ name: it.name, address: it.address, team_id: it.teamId }).where('id', '=', it.id).execute()
}
