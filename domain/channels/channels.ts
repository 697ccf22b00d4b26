import { sql } from 'kysely'
import type { ChannelView } from '../../contract/channels.ts'
import type { Context, Tx } from '../../kernel/context.ts'
import { newId } from '../../kernel/id.ts'
import { may, permit } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { isOutsider, visibleTo } from '../../kernel/visibility.ts'
import { resolveTeam } from '../identity/index.ts'
import { type Channel, plainAddress } from './channel.ts'
import { findChannelsByAddress, insertChannel, lockChannel, saveChannel } from './channel-store.ts'

/** The channels behind some addresses, in the order of the addresses. */
export async function listChannelsFor(tx: Tx, addresses: readonly string[]): Promise<Channel[]> {
  const plain = [...new Set(addresses.map(plainAddress))].slice(0, 200)
  if (plain.length === 0) return []
  const found = await findChannelsByAddress(tx, plain)
  return plain.flatMap((address) => found.filter((it) => it.address === address))
}

/** The channel that mail to one of these addresses came in by: that of the first that has one. */
export async function findChannelFor(tx: Tx, addresses: readonly string[]): Promise<Channel | null> {
  return (await listChannelsFor(tx, addresses))[0] ?? null
}

/** The channel answers go out by: where the conversation came in, else its team's, else the first that is nobody's alone. */
export async function findChannelToSend(tx: Tx, it: { channelId: string | null; teamId: string | null }): Promise<Channel | null> {
  const { rows } = await sql<{ id: string; name: string; address: string; teamId: string | null }>`
    select c.id, c.name, c.address, c.team_id as "teamId" from channels c left join teams t on t.id = c.team_id
    where c.kind = 'email' and c.address is not null and (c.id = ${it.channelId} or c.team_id = ${it.teamId} or t.private is not true)
    order by (c.id = ${it.channelId}) desc nulls last, (c.team_id = ${it.teamId}) desc nulls last, c.team_id is null desc, c.created_at
    limit 1`.execute(tx)
  return rows[0] ? { ...rows[0], kind: 'email' } : null
}

/** Whether any mail channel exists. Until one does, mail from this machine is taken for any address. */
export async function hasMailChannel(tx: Tx): Promise<boolean> {
  const row = await tx.selectFrom('channels').select('id').where('kind', '=', 'email').limit(1).executeTakeFirst()
  return row !== undefined
}

/** All channels for the house; for partners and suppliers those of the teams they may find. */
export async function listChannels(ctx: Context): Promise<ChannelView[]> {
  permit(ctx, 'channel.read')
  const rows = await ctx.tx
    .selectFrom('channels')
    .leftJoin('teams', (join) => join.onRef('teams.id', '=', 'channels.team_id').on(visibleTo(ctx.actor, 'teams')))
    .$if(isOutsider(ctx.actor), (those) => those.where('teams.id', 'is not', null))
    .select([
      'channels.id',
      'channels.kind',
      'channels.name',
      'channels.address',
      'channels.created_at',
      'teams.id as team_id',
      'teams.name as team_name',
    ])
    .orderBy(sql`lower(channels.name)`)
    .execute()
  return rows.map((it) => ({
    id: it.id,
    kind: it.kind as ChannelView['kind'],
    name: it.name,
    address: it.address,
    team: it.team_id ? { id: it.team_id, name: it.team_name ?? '' } : null,
    createdAt: it.created_at.toISOString(),
    can: may(ctx.actor, 'channel.update') ? ['channel.update'] : [],
  }))
}

type Draft = { name: string; address: string; team: string | null }

export async function createChannel(ctx: Context, draft: Draft): Promise<ChannelView> {
  permit(ctx, 'channel.update')
  await refuseTaken(ctx.tx, draft.address, null)
  const channel: Channel = {
    id: newId(ctx.now),
    kind: 'email',
    name: draft.name,
    address: plainAddress(draft.address),
    teamId: draft.team === null ? null : await resolveTeam(ctx, draft.team),
  }
  await insertChannel(ctx.tx, channel, ctx.now)
  ctx.record('channel.created', { channelId: channel.id })
  return getChannelView(ctx, channel.id)
}

export async function changeChannel(ctx: Context, id: string, change: Partial<Draft>): Promise<ChannelView> {
  permit(ctx, 'channel.update')
  const channel = await lockChannel(ctx.tx, id)
  if (change.address !== undefined) await refuseTaken(ctx.tx, change.address, id)
  await saveChannel(ctx.tx, {
    ...channel,
    name: change.name ?? channel.name,
    address: change.address === undefined ? channel.address : plainAddress(change.address),
    teamId: change.team == null ? (change.team === null ? null : channel.teamId) : await resolveTeam(ctx, change.team),
  })
  ctx.record('channel.changed', { channelId: id })
  return getChannelView(ctx, id)
}

async function refuseTaken(tx: Tx, address: string, own: string | null): Promise<void> {
  // Two channels made at the same moment must not both find the address free.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`channel ${plainAddress(address)}`}, 0))`.execute(tx)
  const [other] = await findChannelsByAddress(tx, [plainAddress(address)])
  if (other && other.id !== own) throw new Refusal('conflict', 'address_taken', 'Another channel has this address.')
}

async function getChannelView(ctx: Context, id: string): Promise<ChannelView> {
  const view = (await listChannels(ctx)).find((it) => it.id === id)
  if (!view) throw new Refusal('not_found', 'channel_not_found', 'There is no such channel.')
  return view
}
