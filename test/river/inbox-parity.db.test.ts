import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ListQuery } from '../../console/live/apply.ts'
import type { ConversationView } from '../../contract/conversations.ts'
import { modules } from '../../server/modules.ts'
import { heldConversations } from '../support/held-conversations.ts'
import { runJob } from '../support/mail.ts'
import { nowhere } from '../support/nowhere.ts'
import { verifyLive } from '../support/parity.ts'
import { buildWorld, type World } from '../support/people.ts'
import { freshSinew, type Sinew } from '../support/sinew.ts'
import { type Node, startNode } from './stage.ts'

let sinew: Sinew
let world: World
let node: Node
const lists: ListQuery[] = [
  { view: 'mine' },
  { view: 'unassigned' },
  { view: 'team' },
  { view: 'open' },
  { view: 'snoozed' },
  { view: 'closed' },
  { sort: 'oldest' },
]

beforeAll(async () => {
  sinew = await freshSinew({ modules, instance: { mailOut: nowhere } })
  world = await buildWorld(sinew)
  const { responder, member, partner, administrator } = world
  node = await startNode(sinew, modules, {
    responder: responder.actor,
    member: member.actor,
    partner: partner.actor,
    administrator: administrator.actor,
  })
})
afterAll(async () => {
  await node.stop()
  await sinew.close()
})

async function ask<T>(name: string, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${node.address}/api/v1${path}`, {
    method,
    headers: { ...node.headers(name), ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

const started = (subject: string) =>
  ask<ConversationView>('administrator', 'POST', '/conversations', {
    subject,
    message: { text: 'Help' },
    customer: { email: `${subject}@example.org` },
  })

/** Does something to a conversation while three people have their inbox and that conversation open. */
async function verifyForAll(opened: string[], action: () => Promise<unknown>): Promise<void> {
  const viewers = ['responder', 'member', 'administrator'] as const
  const ready = viewers.map(() => Promise.withResolvers<void>())
  const done = Promise.all(ready.map(({ promise }) => promise)).then(action)
  await Promise.all(
    viewers.map((name, at) => {
      const { id: personId, actor } = world[name]
      const teamIds = (actor.audience ?? []).filter((key) => key.startsWith('team:')).map((key) => key.slice('team:'.length))
      const held = heldConversations({ viewer: { personId, teamIds }, lists, opened })
      return verifyLive({ address: node.address, headers: node.headers(name), river: node.river, db: sinew.db }, held, () => {
        ready[at]?.resolve()
        return done
      })
    }),
  )
}

const answered = async (id: string) => {
  const body = { kind: 'reply', text: 'We come on Monday', thenStatus: 'closed' }
  return (await ask<{ id: string }>('administrator', 'POST', `/conversations/${id}/messages`, body)).id
}

async function bounced(messageId: string): Promise<void> {
  sinew.pass(60_000)
  await runJob(sinew, 'conversations.send_mail')
  const { state } = await ask<{ state: string }>('administrator', 'GET', `/messages/${messageId}/delivery`)
  expect(state).toBe('failed')
}

const changes: [string, (id: string) => Promise<unknown>][] = [
  ['is renamed', (id) => ask('administrator', 'PATCH', `/conversations/${id}`, { subject: 'Another subject' })],
  ['is tagged', (id) => ask('administrator', 'PATCH', `/conversations/${id}`, { tags: ['billing', 'urgent'] })],
  ['is assigned', (id) => ask('administrator', 'PATCH', `/conversations/${id}`, { owner: world.responder.id })],
  ['is given to a team', (id) => ask('administrator', 'PATCH', `/conversations/${id}`, { team: world.teams.open })],
  ['is given to a private team', (id) => ask('member', 'PATCH', `/conversations/${id}`, { team: world.teams.private })],
  ['waits', (id) => ask('administrator', 'PATCH', `/conversations/${id}`, { status: 'waiting' })],
  ['is snoozed', (id) => ask('administrator', 'PATCH', `/conversations/${id}`, { status: 'snoozed', until: '2099-01-01T00:00:00.000Z' })],
  ['is closed', (id) => ask('administrator', 'PATCH', `/conversations/${id}`, { status: 'closed' })],
  ['gets a note', (id) => ask('administrator', 'POST', `/conversations/${id}/messages`, { kind: 'note', text: 'Mind the gap' })],
  ['gets a reply', (id) => answered(id)],
  ['has a reply taken back', async (id) => ask('administrator', 'DELETE', `/messages/${await answered(id)}`)],
  ['has a reply that did not arrive', async (id) => bounced(await answered(id))],
  ['is deleted for good', (id) => ask('administrator', 'DELETE', `/conversations/${id}`)],
]

test.each(changes)('When a conversation %s, every open inbox is what a fetch answers', async (name, change) => {
  const { id } = await started(name.replaceAll(' ', '-'))
  await verifyForAll([id], () => change(id))
})

test('When a conversation starts, it is in every open inbox that shows and sees it', async () => {
  const before = await ask<{ items: unknown[] }>('responder', 'GET', '/conversations?limit=100')
  await verifyForAll([], () => started('brand-new'))
  const after = await ask<{ items: unknown[] }>('responder', 'GET', '/conversations?limit=100')
  expect(after.items).toHaveLength(before.items.length + 1)
})
