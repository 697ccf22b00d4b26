import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { numberEvents } from '../../server/events/clerk.ts'
import { advance, type Reader } from '../../server/events/follow.ts'
import { freshPost, mail, mailModules, post } from '../support/mail.ts'
import { buildWorld, six, type World } from '../support/people.ts'
import type { Sinew } from '../support/sinew.ts'

let sinew: Sinew
let as: { key: string }
let world: World
const reader: Reader = { name: 'conversations', reactions: mailModules.find((it) => it.name === 'conversations')?.reactions ?? [] }
beforeAll(async () => {
  const fresh = await freshPost()
  sinew = fresh.sinew
  as = fresh.as
  world = await buildWorld(sinew)
  await sinew.db.insertInto('event_readers').values({ reader: reader.name }).execute()
})
afterAll(() => sinew.close())

async function flow() {
  while ((await numberEvents(sinew.db))?.count) {}
  while ((await advance(sinew.engine, reader, pino({ level: 'silent' }))).moved) {}
}
const whoSees = async (id: string) => {
  const answers = await Promise.all(six.map((name) => sinew.call('GET', `/conversations/${id}`, { as: world[name].as })))
  return six.filter((_, at) => answers[at]?.status === 200)
}
const change = async (path: string, body: object) =>
  expect((await sinew.call('PATCH', path, { as: world.administrator.as, body })).status).toBe(200)

test('a team that becomes private takes its conversations with it, and shows them when it opens', async () => {
  const id = (await post(sinew, as, mail())).body.conversation?.id ?? ''
  await change(`/conversations/${id}`, { team: world.teams.open })
  await sinew.call('PUT', `/conversations/${id}/guests/${world.supplier.id}`, { as: world.administrator.as })
  await change(`/teams/${world.teams.open}`, { private: true })
  await flow()
  expect(await whoSees(id)).toEqual(['responder', 'supplier'])
  await change(`/teams/${world.teams.open}`, { private: false })
  await flow()
  expect(await whoSees(id)).toEqual(['administrator', 'member', 'responder', 'supplier', 'integration'])
})
