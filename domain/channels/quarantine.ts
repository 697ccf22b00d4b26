import { type RawBuilder, sql } from 'kysely'
import type { OutcomeReason, QuarantinedMail } from '../../contract/mail.ts'
import type { Actor, Context } from '../../kernel/context.ts'
import { may, permit } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Download } from '../../kernel/route.ts'
import { houseKey, sees, teamKey } from '../../kernel/visibility.ts'
import { dropUnusedFiles, readFile } from '../files/index.ts'
import { parseMail } from './email/parse.ts'
import { quarantineSentence } from './inbound.ts'
import { mailIdentity } from './mail-identity.ts'
import { eraseInbound, lockInbound, quarantineInbound } from './store.ts'
import { bury, tombstoneOf } from './tombstones.ts'

/** Quarantined mail has no team yet: it could be anybody's, so only those in-house look at it. */
function refuseOutsiders({ actor }: { actor: Actor }): void {
  if (sees(actor, [houseKey])) return
  throw new Refusal('forbidden', 'house_only', 'Only people of the house see mail in quarantine.')
}

/**
 * Mail for a private team's channel is that team's in quarantine too, and an administrator's, for somebody must be able to
 * look. It is asked of the envelope: what could not be read has nothing else to go by.
 */
function shownTo(actor: Actor): RawBuilder<boolean> {
  if (actor.audience === null || may(actor, 'instance.update')) return sql<boolean>`true`
  return sql<boolean>`not exists (
    select from channels join teams on teams.id = channels.team_id
    where teams.private and ${teamKey('')} || teams.id <> all(${actor.audience}::text[])
      and channels.address in (select lower(regexp_replace(recipient, '^([^+]+)\\+.*(@[^@]*)$', '\\1\\2')) from unnest(envelope_to) recipient))`
}

/** Refuses a mail in quarantine that the asker does not see, as if it were not there. */
export async function refuseHidden(ctx: Context, id: string): Promise<void> {
  refuseOutsiders(ctx)
  const seen = await ctx.tx.selectFrom('inbound_messages').select('id').where('id', '=', id).where(shownTo(ctx.actor)).executeTakeFirst()
  if (!seen) throw new Refusal('not_found', 'inbound_not_found', 'There is no such mail in quarantine.')
}

/** Sets a mail aside for a person to look at. It stays raw and complete. */
export async function quarantine(
  ctx: Context,
  id: string,
  why: { reason: OutcomeReason; subject: string | null; failure: string | null },
): Promise<void> {
  await quarantineInbound(ctx.tx, id, why)
  ctx.record('mail.quarantined', { inboundId: id, reason: why.reason })
}

/** The quarantine page, newest first. */
export async function listQuarantine(
  ctx: Context,
  paging: { limit: number; after?: string | undefined },
): Promise<{ items: QuarantinedMail[]; next: string | null }> {
  permit(ctx, 'quarantine.read')
  refuseOutsiders(ctx)
  const rows = await ctx.tx
    .selectFrom('inbound_messages')
    .select(['id', 'received_at', 'via', 'envelope_from', 'envelope_to', 'subject', 'size', 'reason', 'attempts'])
    .where('state', '=', 'quarantined')
    .where(shownTo(ctx.actor))
    .$if(paging.after !== undefined, (q) => q.where('id', '<', paging.after!))
    .orderBy('id', 'desc')
    .limit(paging.limit + 1)
    .execute()
  const items = rows.slice(0, paging.limit).map((it) => ({
    id: it.id,
    receivedAt: it.received_at.toISOString(),
    via: it.via as QuarantinedMail['via'],
    envelopeFrom: it.envelope_from,
    envelopeTo: it.envelope_to,
    subject: it.subject,
    size: Number(it.size),
    reason: quarantineSentence[(it.reason ?? 'failed') as OutcomeReason] ?? 'This mail needs a look.',
    attempts: it.attempts,
    can: may(ctx.actor, 'quarantine.resolve') ? ['quarantine.resolve'] : [],
  }))
  return { items, next: rows.length > paging.limit ? (items.at(-1)?.id ?? null) : null }
}

export async function readQuarantinedSource(ctx: Context, id: string): Promise<Download> {
  permit(ctx, 'quarantine.read')
  refuseOutsiders(ctx)
  const row = await ctx.tx
    .selectFrom('inbound_messages')
    .select('raw_file')
    .where('id', '=', id)
    .where('state', '=', 'quarantined')
    .where(shownTo(ctx.actor))
    .executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'inbound_not_found', 'There is no such mail in quarantine.')
  return { bytes: await readFile(ctx, row.raw_file), contentType: 'text/plain; charset=utf-8', filename: `${id}.eml`, inline: true }
}

/** Deletes a quarantined mail for good: when it comes again, it goes the same way. */
export async function deleteQuarantined(ctx: Context, id: string): Promise<void> {
  permit(ctx, 'quarantine.resolve')
  await refuseHidden(ctx, id)
  const mail = await lockInbound(ctx.tx, id)
  if (mail.state !== 'quarantined') throw new Refusal('conflict', 'not_quarantined', 'This mail is not in quarantine any more.')
  const raw = await readFile(ctx, mail.rawFile)
  const read = await parseMail(raw)
  await bury(ctx.tx, 'mail', [tombstoneOf(mailIdentity(raw, read.ok ? read.mail.messageId : null))], ctx.now)
  await dropUnusedFiles(ctx, await eraseInbound(ctx.tx, [id]))
  ctx.record('mail.deleted', { inboundId: id })
}
