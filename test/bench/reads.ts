import { conversationRows, type InboxAsk, inboxRows } from './floors.ts'
import { atLeast, below } from './report.ts'
import { alone, type Bench, sideBySide } from './rows.ts'

const readers = 8

/** What people open: the standing views, one owner, one team, a tag, and the second page. */
export async function inboxAsks({ stage, floor, options }: Bench): Promise<InboxAsk[]> {
  const { rows } = await stage.pool.query<{ owner: string; team: string }>(
    `select (select id from people where email = 'person7@staff.example') as owner, (select id from teams where name = 'Delivery') as team`,
  )
  const { owner, team } = rows[0]!
  const asks: InboxAsk[] = [
    { query: 'view=open', where: `c.status = 'open'` },
    { query: 'view=unassigned', where: `c.owner_id is null and c.status = 'open'` },
    { query: 'view=all', where: 'true' },
    { query: 'view=waiting', where: `c.status = 'waiting'` },
    { query: 'view=closed', where: `c.status = 'closed'` },
    { query: `owner=${owner}`, where: `c.owner_id = '${owner}'` },
    { query: `team=${team}`, where: `c.team_id = '${team}'` },
  ]
  const lengths = await Promise.all(asks.map(async (ask) => (await inboxRows(floor, ask)).length))
  const short = asks.filter((_, at) => lengths[at] !== 50)
  if (short.length > 0 && !options.quick) throw new Error(`Not a page of 50: ${short.map((it) => it.query).join(', ')}`)
  return asks.filter((ask) => !short.includes(ask))
}

export async function measureInbox(bench: Bench): Promise<void> {
  const asks = await inboxAsks(bench)
  const askOf = (turn: number) => asks[turn % asks.length]!
  const page = async (turn: number) => {
    const answer = await bench.person(`/api/v1/conversations?${askOf(turn).query}&limit=50`)
    if (turn < asks.length && answer.json<{ items: unknown[] }>().items.length !== 50)
      throw new Error(`A page of 50 is short: ${askOf(turn).query}`)
  }
  const { floor, product } = await sideBySide(bench, readers, {
    floor: { name: 'floor: 50 inbox rows by bare SQL', work: (turn) => inboxRows(bench.floor, askOf(turn)) },
    product: { name: 'inbox page of 50', work: page },
  })
  bench.tell(floor)
  bench.tell({ ...product, targets: readTargets(product) })
}

export async function measureConversation(bench: Bench): Promise<void> {
  const ids = await conversationsOf30(bench)
  const idOf = (turn: number) => ids[turn % ids.length]!
  const page = async (turn: number) => {
    await bench.person(`/api/v1/conversations/${idOf(turn)}`)
    await bench.person(`/api/v1/conversations/${idOf(turn)}/timeline?limit=100`)
  }
  const { floor, product } = await sideBySide(bench, readers, {
    floor: { name: 'floor: a conversation of 30 by bare SQL', work: (turn) => conversationRows(bench.floor, idOf(turn)) },
    product: { name: 'conversation of 30 messages', work: page },
  })
  bench.tell(floor)
  bench.tell({ ...product, targets: readTargets(product), note: 'a page is the conversation and its timeline: two requests' })
}

const readTargets = (row: { ofFloor: number | null; p95: number }) => [
  atLeast('of the floor', (row.ofFloor ?? 0) * 100, 50, ' %'),
  below('p95', row.p95, 50, ' ms'),
]

async function conversationsOf30({ stage, floor }: Bench): Promise<string[]> {
  const { rows } = await stage.pool.query<{ id: string }>(
    `select c.id from conversations c where c.audience && $1 and (select count(*) from messages m where m.conversation_id = c.id) = 30
     and c.id in (select id from conversations tablesample system (20) repeatable (1)) limit 500`,
    [floor.audience],
  )
  if (rows.length === 0) throw new Error('The seed has no conversation of 30 messages.')
  return rows.map((it) => it.id)
}

/** What a console asks beside every inbox: how many wait where. */
export async function measureCounts(bench: Bench): Promise<void> {
  const row = await alone(bench, readers, { name: 'counts of all views', work: () => bench.person('/api/v1/conversations/counts') })
  bench.tell({ ...row, targets: [below('p95', row.p95, 50, ' ms')] })
}
