import { makeFloorTables, plainTransaction } from './floors.ts'
import { mailOf } from './mails.ts'
import { wholeOf } from './processor.ts'
import { atLeast, below } from './report.ts'
import { alone, type Bench, sideBySide } from './rows.ts'
import { smtpClient } from './smtp.ts'

const clients = 8

const percent = (share: number) => `${(share * 100).toFixed(0)} %`

// Two of three mails start a conversation, from somebody new; the third answers one before it.
const answered = (turn: number) => (turn % 3 === 2 && turn > 100 ? turn - 100 + (turn % 2) : undefined)

const raw = { method: 'POST', type: 'message/rfc822' }

export async function measureMail(bench: Bench): Promise<void> {
  await makeFloorTables(bench.stage.pool)
  const mail = mailOf(bench.run, 1).toString()
  const words = mail.slice(mail.indexOf('\r\n\r\n') + 4)
  let sent = 0
  const post = async () => {
    const turn = sent++
    const answer = await bench.program('/api/v1/inbound/email', { ...raw, body: mailOf(bench.run, turn, answered(turn)) })
    const { outcome } = answer.json<{ outcome: string }>()
    if (outcome !== 'started' && outcome !== 'appended') throw new Error(`A mail of the bench was ${outcome}.`)
  }
  const { floor, product } = await sideBySide(bench, clients, {
    floor: { name: 'floor: a plain transaction by bare pg', work: () => plainTransaction(bench.floor, words, 'messages') },
    product: { name: 'mail in by API, 1.2 kB, 8 clients', work: post },
  })
  const searched = await alone(bench, clients, {
    name: 'floor: the same with a text index',
    work: () => plainTransaction(bench.floor, words, 'searched_messages'),
  })
  bench.tell(floor)
  bench.tell(searched)
  const share = (product.ofFloor ?? 0) * 100
  bench.tell({
    ...product,
    targets: [atLeast('mails/s', product.perSecond ?? 0, 300), atLeast('of the floor', share, 15, ' %')],
    note: `${percent(product.perSecond! / searched.perSecond!)} of the floor with a text index; by processor time ${percent(wholeOf(floor.used!) / wholeOf(product.used!))} of the floor`,
  })
  await measureSmtp(bench)
  await bench.stage.pool.query('drop schema floor cascade')
}

async function measureSmtp(bench: Bench): Promise<void> {
  const open = await Promise.all(Array.from({ length: clients }, () => smtpClient(bench.server.smtpPort)))
  const free = [...open]
  let sent = 0
  const send = async () => {
    const client = free.pop()!
    const turn = sent++
    await client.send(`writer${turn}@sender.example`, 'desk1@sinew.example', mailOf(`${bench.run}s`, turn, answered(turn)))
    free.push(client)
  }
  const row = await alone(bench, clients, { name: 'mail in by SMTP, 1.2 kB, 8 connections', work: send })
  bench.tell(row)
  for (const client of open) client.close()
}

export async function measureCreate(bench: Bench): Promise<void> {
  let turn = 0
  const create = () => {
    const number = turn++
    const draft = {
      subject: `The printer of floor ${number} does not answer`,
      message: { text: `Since this morning nothing comes out, whatever we send to it. ${'We tried what the handbook says. '.repeat(12)}` },
      customer: { email: `caller${number}.${bench.run}@mail.example`, name: `Caller ${number}` },
    }
    return bench.program('/api/v1/conversations', { method: 'POST', body: JSON.stringify(draft) })
  }
  bench.tell(await alone(bench, clients, { name: 'create a conversation, 8 clients', work: create }))
}

export async function measureNote(bench: Bench): Promise<void> {
  const ids = await someConversations(bench)
  const body = JSON.stringify({ kind: 'note', text: 'I asked the warehouse, they look for the boxes and call back before noon.' })
  const note = (turn: number) => bench.person(`/api/v1/conversations/${ids[turn % ids.length]}/messages`, { method: 'POST', body })
  bench.tell(await alone(bench, clients, { name: 'write a note, 8 clients', work: note }))
}

export async function measureStatus(bench: Bench): Promise<void> {
  const ids = await someConversations(bench)
  const change = (turn: number) => {
    const status = Math.floor(turn / ids.length) % 2 === 0 ? 'waiting' : 'open'
    return bench.person(`/api/v1/conversations/${ids[turn % ids.length]}`, { method: 'PATCH', body: JSON.stringify({ status }) })
  }
  const row = await alone(bench, clients, { name: 'change a status, 8 clients', work: change })
  bench.tell({ ...row, targets: [below('p95', row.p95, 30, ' ms')] })
}

async function someConversations({ stage, floor }: Bench): Promise<string[]> {
  const { rows } = await stage.pool.query<{ id: string }>(
    `select id from conversations where status = 'open' and merged_into is null and audience && $1 order by last_at desc limit 2000`,
    [floor.audience],
  )
  return rows.map((it) => it.id)
}
