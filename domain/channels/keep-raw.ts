import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/id.ts'
import { fileRow, fitsInRow, keepFile, sha256Of } from '../files/index.ts'
import { type Arrival, firstTry, type InboundMessage } from './inbound.ts'
import { insertInbound } from './store.ts'

/** Whether keeping a mail is one statement, which needs no transaction around it. */
export const keptAtOnce = (arrival: Arrival): boolean => fitsInRow(arrival.raw)

/** Keeps a mail before anything else touches it. Committed, by itself or in a transaction of its own, before the mail is read. */
export async function keepRaw(ctx: Context, arrival: Arrival): Promise<InboundMessage> {
  const kept: InboundMessage = {
    id: newId(ctx.now),
    via: arrival.via,
    state: 'unprocessed',
    envelopeFrom: storable(arrival.envelopeFrom),
    envelopeTo: arrival.envelopeTo.map((it) => storable(it) ?? ''),
    remoteAddress: arrival.remoteAddress ?? null,
    rawFile: sha256Of(arrival.raw),
    size: arrival.raw.byteLength,
    historic: arrival.historic ?? false,
    receivedAt: arrival.receivedAt ?? ctx.now,
    attempts: 1,
    retryAt: firstTry(ctx.now),
  }
  if (keptAtOnce(arrival))
    await insertInbound(
      ctx.tx.with('file', () => fileRow(ctx, kept.rawFile, arrival.raw)),
      kept,
    )
  else {
    await keepFile(ctx, arrival.raw)
    await insertInbound(ctx.tx, kept)
  }
  return kept
}

const storable = (text: string | null) => text?.replaceAll('\u0000', '').toWellFormed() ?? null
