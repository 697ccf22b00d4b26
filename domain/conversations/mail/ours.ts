import type { Tx } from '../../../kernel/context.ts'
import { type Channel, listChannelsFor, plainAddress } from '../../channels/index.ts'
import { normalAddress } from '../../customers/index.ts'
import { isColleague } from '../../identity/index.ts'
import type { Letter } from './understand.ts'

/** Which of the addresses in a mail are our own, and the channel it came in by. */
export type Ours = {
  channel: Channel | null
  /** One of our ways in: a channel's address, or where the envelope was delivered to us. */
  hasChannel(address: string): boolean
  /** A way in, or the sender when it is a colleague's address. */
  has(address: string): boolean
}

/** Looks up which addresses of a mail are ours. The channel is that of the first recipient who has one, the envelope's before the headers'. */
export async function whoIsOurs(tx: Tx, letter: Letter, envelopeTo: readonly string[]): Promise<Ours> {
  const { address: sender } = letter.sender
  const [channels, isColleagues] = await Promise.all([
    listChannelsFor(tx, [...letter.recipients, sender]),
    letter.hasSender && isColleague(tx, sender),
  ])
  const colleague = isColleagues ? sender : null
  const ways = new Set([...channels.map((it) => it.address), ...envelopeTo.map(plainAddress)])
  const hasChannel = (address: string) => ways.has(plainAddress(address))
  const reached = new Set(letter.recipients.map(plainAddress))
  return {
    channel: channels.find((it) => it.address !== null && reached.has(it.address)) ?? null,
    hasChannel,
    has: (address) => hasChannel(address) || normalAddress(address) === colleague,
  }
}
