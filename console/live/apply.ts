import type { z } from 'zod'
import type { ConversationItem, ConversationView, LiveConversation, listConversations } from '../../contract/conversations.ts'
import type { Frame } from '../../contract/stream.ts'

export type ListQuery = Partial<z.input<typeof listConversations.query>>
export type ListPage = z.output<typeof listConversations.returns>

type Viewer = { personId: string; teamIds: readonly string[] }
type List = { query: ListQuery; pages: readonly ListPage[] }

/** What the console holds of conversations: its lists, page by page, and the opened ones. */
export type LiveState = { viewer: Viewer; lists: readonly List[]; conversations: Readonly<Record<string, ConversationView>> }

type Change = Extract<Frame, { name: 'view' | 'gone' }>

/** The state after a frame about a conversation. What it does not touch stays the same object. Pure. */
export function apply(state: LiveState, frame: Change): LiveState {
  const { id } = frame.data
  if (frame.name === 'gone') {
    const { [id]: _gone, ...conversations } = state.conversations
    return { ...state, lists: state.lists.map((list) => without(list, id)), conversations }
  }
  const view = frame.data.view as unknown as LiveConversation
  const opened = state.conversations[id]
  return {
    ...state,
    lists: state.lists.map((list) => placed(list, view, state.viewer)),
    conversations: opened ? { ...state.conversations, [id]: merged(opened, view) } : state.conversations,
  }
}

/** Whether a conversation is on a list. What only the server can tell (a search, another's id) stays as it was fetched. */
export function belongs(item: ConversationItem | LiveConversation, query: ListQuery, { personId, teamIds }: Viewer): boolean {
  const { view, status, team, tag, customer } = query
  if (status && item.status !== status) return false
  if (team && item.team?.id !== team) return false
  if (tag && !item.tags.includes(tag)) return false
  if (customer && item.customer?.id !== customer) return false
  if (view === 'mine') return item.status === 'open' && item.owner?.id === personId
  if (view === 'unassigned') return item.status === 'open' && item.owner === null
  if (view === 'team') return item.status === 'open' && item.team !== null && teamIds.includes(item.team.id)
  return view === undefined || view === 'all' || item.status === view
}

/** A live view in what is held: the reader's own mark stays, and what is unread follows from it. */
function merged<V extends ConversationItem>(held: V, view: LiveConversation): V {
  const { lastInboundAt } = view
  return { ...held, ...view, unread: lastInboundAt !== null && (held.seenAt === null || lastInboundAt > held.seenAt) }
}

function without(list: List, id: string): List {
  if (!list.pages.some(({ items }) => items.some((it) => it.id === id))) return list
  return { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.filter((it) => it.id !== id) })) }
}

// The first page with something that comes after it takes it; at the end of what is held, only the last page of all does.
function placed(list: List, view: LiveConversation, viewer: Viewer): List {
  const held = list.pages.flatMap(({ items }) => items).find((it) => it.id === view.id)
  if (!belongs(view, list.query, viewer)) return without(list, view.id)
  if (!held && list.query.q) return list
  const item = merged(held ?? { ...view, seenAt: null, unread: false }, view)
  const { pages, ...rest } = without(list, view.id)
  const comesFirst = (other: ConversationItem) => before(item, other, list.query.sort === 'oldest')
  const at = pages.findIndex(({ items, next }) => items.some(comesFirst) || next === null)
  return { ...rest, pages: pages.map((page, index) => (index === at ? withItem(page, item, comesFirst) : page)) }
}

function withItem(page: ListPage, item: ConversationItem, comesFirst: (other: ConversationItem) => boolean): ListPage {
  const at = page.items.findIndex(comesFirst)
  return { ...page, items: page.items.toSpliced(at < 0 ? page.items.length : at, 0, item) }
}

const lastAt = (it: ConversationItem) => it.lastMessage?.at ?? it.createdAt

function before(one: ConversationItem, other: ConversationItem, oldestFirst: boolean): boolean {
  const newer = lastAt(one) === lastAt(other) ? one.id > other.id : lastAt(one) > lastAt(other)
  return newer !== oldestFirst
}
