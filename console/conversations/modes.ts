import type { ConversationView } from '../../contract/conversations.ts'

export type Mode = 'reply' | 'all' | 'note'

/** What can be written in a conversation: a reply where the customer has an address, to all where more take part, a note. */
export function modesOf({ can, customer, participants }: Pick<ConversationView, 'can' | 'customer' | 'participants'>): Mode[] {
  const reply = can.includes('conversation.reply') && Boolean(customer?.address)
  const others = participants.some((it) => it.admitted && it.address !== customer?.address)
  return [...(reply ? (['reply'] as const) : []), ...(reply && others ? (['all'] as const) : []), ...noteOf(can)]
}

const noteOf = (can: readonly string[]) => (can.includes('conversation.note') ? (['note'] as const) : [])

/** Who gets it, by name where there is one. */
export function namesFor(mode: Mode, { customer, participants }: Pick<ConversationView, 'customer' | 'participants'>): string {
  const first = customer?.name || customer?.address || ''
  if (mode !== 'all') return first
  const others = participants.filter((it) => it.admitted && it.address !== customer?.address).map((it) => it.name || it.address)
  return [first, ...others].join(', ')
}
