import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { visibleTo } from '../../kernel/visibility.ts'
import { type Node, startNode } from '../river/stage.ts'
import { download, freshPost, mailModules, mailOf, post } from '../support/mail.ts'
import { buildWorld, integration, type Somebody, six, type World } from '../support/people.ts'
import { settle } from '../support/settle.ts'
import type { Sinew } from '../support/sinew.ts'
import { openStream } from '../support/sse.ts'

type Known = { id: string; customer: string; message: string; attachment: string }

let sinew: Sinew
let world: World
let node: Node
const all: Record<string, Known> = {}

/** A conversation of a customer of its own, with a file, moved and shared as asked. */
async function started(name: string, { team, guest }: { team?: string; guest?: string } = {}): Promise<void> {
  const parts = [
    { headers: ['Content-Type: text/plain'], body: `Words of ${name}` },
    { headers: ['Content-Type: image/png; name=a.png', 'Content-Disposition: attachment; filename=a.png'], body: Buffer.from(name) },
  ]
  const raw = mailOf(parts).replace('elena@juniper', `${name}@juniper`).replace('Subject: Parts', `Subject: ${name}`)
  const { key } = keys
  const { body } = await post(sinew, { key }, raw)
  const id = body.conversation?.id ?? ''
  const path = `/conversations/${id}`
  if (guest) await sinew.call('PUT', `${path}/guests/${guest}`, { as: { key } })
  if (team) await sinew.call('PATCH', path, { as: { key }, body: { team } })
  const { customer } = (await sinew.call('GET', path, { as: { key } })).body
  all[name] = { id, customer: customer.id, message: body.message?.id ?? '', attachment: body.message?.attachments[0]?.id ?? '' }
}

let keys: { key: string }
beforeAll(async () => {
  const fresh = await freshPost()
  sinew = fresh.sinew
  keys = fresh.as
  world = await buildWorld(sinew)
  const { teams, partner, supplier } = world
  await started('nobodys')
  await started('desk', { team: teams.open })
  await started('payroll', { team: teams.private })
  await started('repairs', { team: teams.partner })
  await started('shared', { guest: supplier.id })
  await started('payroll-shared', { team: teams.private, guest: partner.id })
  const people = Object.fromEntries(six.map((name) => [name, world[name].actor]))
  node = await startNode(sinew, mailModules, people)
  await settle({ river: node.river, db: sinew.db })
})
afterAll(async () => {
  await node.stop()
  await sinew.close()
})

const nameOf = (id: string) => Object.entries(all).find(([, it]) => it.id === id)?.[0]
const as = (who: (typeof six)[number]): Somebody => world[who]
const namesOf = (ids: Iterable<string>) => [...new Set([...ids].map(nameOf).filter((it) => it !== undefined))].sort()

/** Whoever `visibleTo` lets see. */
async function seen(who: (typeof six)[number]): Promise<string[]> {
  const rows = await sinew.db
    .selectFrom('conversations')
    .select('id')
    .where(visibleTo(as(who).actor, 'conversations'))
    .execute()
  return namesOf(rows.map((it) => it.id))
}

const everything = ['desk', 'nobodys', 'payroll', 'payroll-shared', 'repairs', 'shared']

test.each([
  ['administrator', ['desk', 'nobodys', 'repairs', 'shared']],
  ['member', everything],
  ['responder', ['desk', 'nobodys', 'repairs', 'shared']],
  ['partner', ['payroll-shared', 'repairs']],
  ['supplier', ['shared']],
  ['integration', ['desk', 'nobodys', 'repairs', 'shared']],
] as const)('%s sees these conversations', async (who, names) => {
  expect(await seen(who)).toEqual(names)
})

describe.each(six)('%s', (who) => {
  const get = (path: string) => sinew.call('GET', path, { as: as(who).as })
  const listed = async (query: string) => namesOf((await get(`/conversations?${query}`)).body.items.map((it: { id: string }) => it.id))

  test('finds in every list and filter exactly what they see', async () => {
    const names = await seen(who)
    for (const query of [
      '',
      'view=all',
      'view=open',
      'status=open',
      'view=unassigned',
      'owner=none',
      'channel=email',
      'sort=oldest',
      'updatedAfter=2020-01-01T00:00:00Z',
    ])
      expect([query, await listed(query)]).toEqual([query, names])
    for (const [name, { customer }] of Object.entries(all))
      expect(await listed(`customer=${customer}`)).toEqual(names.filter((it) => it === name))
    for (const team of Object.values(world.teams)) {
      const { status, body } = await get(`/conversations?team=${team}`)
      const ofTeam = await sinew.db.selectFrom('conversations').select('id').where('team_id', '=', team).execute()
      const expected = namesOf(ofTeam.map((it) => it.id)).filter((it) => names.includes(it))
      if (status === 200) expect(namesOf(body.items.map((it: { id: string }) => it.id))).toEqual(expected)
      else expect([status, body.error.code]).toEqual([422, 'team_not_found'])
    }
  })

  test('pages through exactly what they see', async () => {
    const found: string[] = []
    for (let after = ''; ; ) {
      const { items, next } = (await get(`/conversations?limit=1${after && `&after=${after}`}`)).body
      found.push(...items.map((it: { id: string }) => it.id))
      if (next === null) break
      after = next
    }
    expect(namesOf(found)).toEqual(await seen(who))
    expect(found).toHaveLength((await seen(who)).length)
  })

  test('counts exactly what they see', async () => {
    const { body } = await get('/conversations/counts')
    const n = (await seen(who)).length
    expect(body).toMatchObject({ open: { count: n }, unassigned: { count: n }, mine: { count: 0 } })
  })

  test('opens exactly what they see: page, timeline, file, source, and their own marks', async () => {
    const names = await seen(who)
    for (const [name, it] of Object.entries(all)) {
      const expected = names.includes(name) ? 200 : 404
      const status = async (path: string) => (await download(sinew, as(who).as, path)).status
      expect([name, await status(`/conversations/${it.id}`)]).toEqual([name, expected])
      expect([name, await status(`/conversations/${it.id}/timeline`)]).toEqual([name, expected])
      expect([name, await status(`/attachments/${it.attachment}`)]).toEqual([name, expected])
      expect([name, await status(`/messages/${it.message}/source`)]).toEqual([name, who === 'integration' ? 403 : expected])
      const marked = await sinew.call('PUT', `/conversations/${it.id}/seen`, { as: as(who).as })
      expect([name, marked.status]).toEqual([name, names.includes(name) ? 204 : 404])
    }
  })

  test('changes, notes and admits only where they see', async () => {
    const names = await seen(who)
    const call = async (method: 'PATCH' | 'POST' | 'PUT', path: string, body?: object) =>
      (await sinew.call(method, path, { as: as(who).as, ...(body ? { body } : {}) })).status
    for (const [name, { id }] of Object.entries(all)) {
      const refused = who === 'integration' ? 403 : 404
      const expected = names.includes(name) && who !== 'integration' ? [200, 201] : [refused, refused]
      const answers = [
        await call('PATCH', `/conversations/${id}`, { tags: ['looked-at'] }),
        await call('POST', `/conversations/${id}/messages`, { kind: 'note', text: 'x' }),
      ]
      expect([name, answers]).toEqual([name, expected])
      if (!names.includes(name)) {
        expect(await call('PUT', `/conversations/${id}/participants/${name}@juniper.example`)).toBe(refused)
        expect(await call('PUT', `/conversations/${id}/guests/${as(who).id}`)).toBe(refused)
      }
    }
  })

  test('knows the customers of what they see, and no others', async () => {
    const names = await seen(who)
    for (const [name, { customer }] of Object.entries(all)) {
      const { status, body } = await get(`/customers/${customer}`)
      expect([name, status]).toEqual([name, names.includes(name) ? 200 : 404])
      if (status === 200) expect(body.conversations).toEqual({ count: 1, capped: false })
    }
  })

  test('reads in the log only of what they see', async () => {
    await settle({ river: node.river, db: sinew.db })
    const found = new Set<string>()
    for (let after = '0'; ; ) {
      const answer = await fetch(`${node.address}/api/v1/events?limit=100&after=${after}`, { headers: node.headers(who) })
      const { items, next } = (await answer.json()) as { items: { subject: { kind: string; id: string } }[]; next: string | null }
      for (const { subject } of items) if (subject.kind === 'conversation') found.add(subject.id)
      if (next === null) break
      after = next
    }
    expect(namesOf(found)).toEqual(await seen(who))
  })

  test('is shown live only what they see', async () => {
    const stream = await openStream(`${node.address}/api/v1/events?watch=conversation`, node.headers(who))
    try {
      await stream.until(({ name }) => name === 'hello')
      for (const { id } of Object.values(all))
        await sinew.call('PATCH', `/conversations/${id}`, { as: keys, body: { tags: [`by-${who}`] } })
      node.river.poke()
      await stream.reach(await settle({ river: node.river, db: sinew.db }))
      const shown = stream.messages.flatMap(({ name, data }) => (name === 'view' ? [(data as { id: string }).id] : []))
      expect(namesOf(shown)).toEqual(await seen(who))
    } finally {
      stream.close()
    }
  })
})

test('handing a conversation to a private team succeeds, and then it is out of sight', async () => {
  await started('handed-on')
  const path = `/conversations/${all['handed-on']?.id}`
  const answer = await sinew.call('PATCH', path, { as: world.responder.as, body: { team: world.teams.private } })
  expect(answer).toMatchObject({ status: 200, body: { team: { name: 'Payroll' } } })
  expect((await sinew.call('GET', path, { as: world.responder.as })).status).toBe(404)
  expect((await sinew.call('GET', path, { as: world.member.as })).status).toBe(200)
})

test('who is outside the house sees what they started themselves, and so does the house', async () => {
  const body = { subject: 'From outside', message: { text: 'Words' }, customer: { email: 'zoe@juniper.example' } }
  const { status, body: it } = await sinew.call('POST', '/conversations', { as: world.partner.as, body })
  expect(status).toBe(201)
  for (const who of ['partner', 'responder'] as const)
    expect((await sinew.call('GET', `/conversations/${it.id}`, { as: world[who].as })).status).toBe(200)
  expect((await sinew.call('GET', `/conversations/${it.id}`, { as: world.supplier.as })).status).toBe(404)
})

test('a key that only writes starts, changes and notes, and reads nothing', async () => {
  const writer = (await integration(sinew, ['write'])).as
  const body = { subject: 'Written', message: { text: 'Words' }, customer: { externalId: 'crm-1' } }
  const { status, body: it } = await sinew.call('POST', '/conversations', { as: writer, body })
  expect(status).toBe(201)
  expect((await sinew.call('PATCH', `/conversations/${it.id}`, { as: writer, body: { status: 'closed' } })).status).toBe(200)
  expect((await sinew.call('POST', `/conversations/${it.id}/messages`, { as: writer, body: { kind: 'note', text: 'x' } })).status).toBe(201)
  expect((await sinew.call('GET', `/conversations/${it.id}`, { as: writer })).status).toBe(403)
})

test('an address or an external id opens no customer to people outside the house who see none of their conversations', async () => {
  const customer = { email: 'hidden@juniper.example', externalId: 'crm-7' }
  const draft = (whom: object) => ({ subject: 'Hello', message: { text: 'Who are you?' }, customer: whom })
  await sinew.call('POST', '/conversations', { as: world.administrator.as, body: draft(customer) })
  const ask = async (whom: object) => (await sinew.call('POST', '/conversations', { as: world.partner.as, body: draft(whom) })).body
  for (const whom of [
    { email: 'Hidden@juniper.example' },
    { externalId: 'crm-7' },
    { email: 'fresh@juniper.example', externalId: 'crm-7' },
  ])
    expect((await ask(whom)).error?.code).toBe('customer_not_found')
  const mine = await ask({ email: 'mine@juniper.example' })
  expect((await ask({ email: 'mine@juniper.example' })).customer).toEqual(mine.customer)
})

test('a guest whose invitation is taken back sees nothing any more', async () => {
  await started('for-a-while', { guest: world.supplier.id })
  const path = `/conversations/${all['for-a-while']?.id}`
  expect((await sinew.call('GET', path, { as: world.supplier.as })).status).toBe(200)
  expect((await sinew.call('DELETE', `${path}/guests/${world.supplier.id}`, { as: world.responder.as })).status).toBe(200)
  expect((await sinew.call('GET', path, { as: world.supplier.as })).status).toBe(404)
  expect((await sinew.call('GET', path, { as: world.responder.as })).status).toBe(200)
})

test('partners find the channels of their own teams, the house finds all of them', async () => {
  const { teams, partner, responder } = world
  const channel = (address: string, team: string | null) =>
    sinew.call('POST', '/channels', { as: keys, body: { name: address, address: `${address}@larkspur.example`, team } })
  await channel('help', null)
  await channel('wages', teams.private)
  await channel('fix', teams.partner)
  const found = async (who: Somebody) => {
    const { items } = (await sinew.call('GET', '/channels', { as: who.as })).body as {
      items: { name: string; team: { name: string } | null }[]
    }
    return items.map((it) => [it.name, it.team?.name ?? null])
  }
  expect(await found(partner)).toEqual([['fix', 'Repairs']])
  expect(await found(responder)).toEqual([
    ['fix', 'Repairs'],
    ['help', null],
    ['wages', 'Payroll'],
  ])
})
