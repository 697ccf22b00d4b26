import type { Address } from '../../../contract/mail.ts'
import { Refusal } from '../../../kernel/refusal.ts'

/** Somebody a reply could go to, and how they stand to the conversation. `address` is lower case. */
export type Known = { address: string; name: string; admitted: boolean; isCustomer: boolean; isColleague: boolean }

export type Wanted = { to?: readonly string[] | undefined; cc?: readonly string[] | undefined; everyone?: boolean | undefined }

/** Whom a reply goes to. `newcomers` did not take part before: the writer named them. */
export type Addressed = { to: Address[]; cc: Address[]; newcomers: string[] }

export const mostRecipients = 50

/**
 * Decides whom a reply goes to. By itself it goes only to people who take part: never to a stranger, never to a
 * colleague's address that somebody merely wrote into a mail, never back to us. A writer may name others, but a stranger
 * only after they were admitted.
 */
export function addressed(wanted: Wanted, known: readonly Known[], isOurs: (address: string) => boolean): Addressed {
  const others = known.filter((it) => !isOurs(it.address))
  const { to, cc } = wanted.to || wanted.cc ? named(wanted, isOurs) : usual(wanted.everyone === true, others)
  refuseStrangers([...to, ...cc], others)
  if (to.length + cc.length === 0)
    throw new Refusal('invalid', 'no_recipient', 'Say whom this goes to: nobody with an address takes part yet.')
  if (to.length + cc.length > mostRecipients) throw tooMany()
  const nameOf = (address: string) => others.find((it) => it.address === address.toLowerCase())?.name ?? ''
  const withName = (address: string): Address => ({ address, name: plain(nameOf(address)) })
  const newcomers = [...to, ...cc].filter((address) => !others.some((it) => it.address === address.toLowerCase()))
  // A mail needs somebody in To.
  return to.length === 0 ? { to: cc.map(withName), cc: [], newcomers } : { to: to.map(withName), cc: cc.map(withName), newcomers }
}

function named({ to = [], cc = [] }: Wanted, isOurs: (address: string) => boolean) {
  const seen = new Set<string>()
  const fresh = (address: string) => !isOurs(address) && !seen.has(address.toLowerCase()) && seen.add(address.toLowerCase()) !== undefined
  return { to: to.filter(fresh), cc: cc.filter(fresh) }
}

function usual(everyone: boolean, known: readonly Known[]) {
  const welcome = known.filter((it) => it.admitted && !it.isColleague && sendable(it.address))
  const customers = welcome.filter((it) => it.isCustomer).map((it) => it.address)
  // One who has many addresses is answered where they are known first.
  const to = everyone ? customers : customers.slice(0, 1)
  const cc = everyone ? welcome.filter((it) => !it.isCustomer).map((it) => it.address) : []
  return to.length === 0 && !everyone && welcome.length === 1 ? { to: welcome.map((it) => it.address), cc } : { to, cc }
}

function refuseStrangers(addresses: readonly string[], known: readonly Known[]): void {
  const stranger = addresses.find((address) => known.some((it) => it.address === address.toLowerCase() && !it.admitted))
  if (stranger) {
    throw new Refusal('conflict', 'stranger_not_admitted', 'Nobody has vouched for this address yet. Let it take part first.', {
      address: stranger,
    })
  }
}

const tooMany = () =>
  new Refusal('invalid', 'too_many_recipients', `A mail goes to at most ${mostRecipients} addresses. Name those who need it.`)

/** Whether a mail can be sent to what once stood in a header, and nothing in it could begin another header or command. */
export const sendable = (address: string): boolean => /^[^\s\p{C}<>()[\]",;:\\@]{1,64}@[^\s\p{C}<>()[\]",;:\\@]{1,255}$/u.test(address)

const plain = (name: string) =>
  name
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 200)
