import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/id.ts'
import { keepFile } from '../files/index.ts'
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
    rawFile: await keepFile(ctx, arrival.raw),
    size: arrival.raw.byteLength,
    historic: arrival.historic ?? false,
    receivedAt: arrival.receivedAt ?? ctx.now,
    attempts: 0,
  }
  await insertInbound(ctx.tx, kept, firstTry(ctx.now))
  return kept
}

const storable = (text: string | null) => text?.replaceAll('\u0000', '').toWellFormed() ?? null
