import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/id.ts'
import { inRow, keepFile, sha256Of } from '../files/index.ts'
import { type Arrival, firstTry, type InboundMessage } from './inbound.ts'
import { insertInbound } from './store.ts'

/** Keeps a mail before anything else touches it. Runs in a transaction of its own, committed before the mail is read. */
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
  const file = keepFile(ctx, arrival.raw)
  // Large bytes go to the disk first; small ones and the row that names them go out together.
  if (arrival.raw.byteLength > inRow) await file
  await Promise.all([file, insertInbound(ctx.tx, kept)])
  return kept
}

const storable = (text: string | null) => text?.replaceAll('\u0000', '').toWellFormed() ?? null
