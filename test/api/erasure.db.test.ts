import { existsSync, readdirSync } from 'node:fs'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { receiveEmail } from '../../domain/conversations/index.ts'
import { stepsOf } from '../../kernel/transact.ts'
import { startRiver } from '../../server/events/river.ts'
import { edge } from '../../server/http/idempotency.ts'
import { countOf, freshPost, mail, mailOf, post, runJob } from '../support/mail.ts'
import { integration } from '../support/people.ts'
import { type Sinew, system } from '../support/sinew.ts'

let sinew: Sinew
let as: { key: string }
beforeEach(async () => {
  const fresh = await freshPost()
  sinew = fresh.sinew
  as = fresh.as
})
afterEach(() => sinew.close())

const large = Buffer.alloc(200_000, 'a large photo ')
const withPhoto = (from = 'elena') =>
  mailOf([
    { headers: ['Content-Type: text/plain'], body: `Words of ${from} that must go` },
    { headers: ['Content-Type: image/jpeg; name=p.jpg', 'Content-Disposition: attachment; filename=p.jpg'], body: large },
  ]).replace('elena@juniper', `${from}@juniper`)
const remove = (path: string) => sinew.call('DELETE', path, { as })

/** Every text and JSON value of every table, to look for what must be gone. */
async function everythingKept(): Promise<string> {
  const { rows } = await sinew.pool.query<{ table_name: string }>(
    "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  )
  const dumps = await Promise.all(rows.map((it) => sinew.pool.query(`select t::text as row from "${it.table_name}" t`)))
  return dumps.flatMap((it) => it.rows.map(({ row }: { row: string }) => row)).join('\n')
}

function filesOnDisk(): number {
  const folder = sinew.folder
  return existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile()).length : 0
}

test('a deleted conversation leaves nothing but ids: no words, no address, no raw mail, no file', async () => {
  const { body } = await post(sinew, as, withPhoto())
  await sinew.call('POST', `/conversations/${body.conversation?.id}/messages`, { as, body: { kind: 'note', text: 'A secret note' } })
  expect(filesOnDisk()).toBe(2)
  expect((await remove(`/conversations/${body.conversation?.id}`)).status).toBe(204)
  await runJob(sinew, 'files.remove')
  expect(filesOnDisk()).toBe(0)
  for (const table of [
    'conversations',
    'messages',
    'attachments',
    'files',
    'inbound_messages',
    'thread_links',
    'conversation_participants',
  ])
    expect([table, await countOf(sinew, table)]).toEqual([table, 0])
  const kept = await everythingKept()
  expect(kept).not.toMatch(/must go|secret note|p\.jpg/)
  expect(await countOf(sinew, 'event_log', "name = 'conversation.erased'")).toBe(1)
  expect((await sinew.call('GET', `/conversations/${body.conversation?.id}`, { as })).status).toBe(404)
})

test('it stays deleted when the same mail is delivered or imported again', async () => {
  const raw = mail({ id: 'gone@juniper.example' })
  const { body } = await post(sinew, as, raw)
  await remove(`/conversations/${body.conversation?.id}`)
  expect(await post(sinew, as, raw)).toMatchObject({ status: 201, body: { outcome: 'suppressed', reason: 'deleted' } })
  const arrival = {
    raw: Buffer.from(raw.replaceAll('\r\n', '\n')),
    via: 'import',
    historic: true,
    envelopeFrom: null,
    envelopeTo: [],
  } as const
  expect((await receiveEmail(stepsOf(sinew.engine, system), arrival)).body).toEqual({ outcome: 'suppressed', reason: 'deleted' })
  expect([await countOf(sinew, 'messages'), await countOf(sinew, 'inbound_messages'), await countOf(sinew, 'files')]).toEqual([0, 0, 0])
  expect((await post(sinew, as, mail({ inReplyTo: 'gone@juniper.example' }))).body.outcome).toBe('started')
})

test('a file that somebody else still needs survives, and goes with the last who does', async () => {
  const mine = (await post(sinew, as, withPhoto())).body
  const theirs = (await post(sinew, as, withPhoto('bo'))).body
  await remove(`/conversations/${mine.conversation?.id}`)
  await runJob(sinew, 'files.remove')
  const path = `/api/v1/attachments/${theirs.message?.attachments[0]?.id}`
  const kept = await sinew.app.inject({ url: path, headers: { host: 'localhost:3000', authorization: `Bearer ${as.key}` } })
  expect(kept.rawPayload.equals(large)).toBe(true)
  await remove(`/conversations/${theirs.conversation?.id}`)
  await runJob(sinew, 'files.remove')
  expect(filesOnDisk()).toBe(0)
})

test('bytes that come back while their removal waits are not removed', async () => {
  const first = (await post(sinew, as, withPhoto())).body
  await remove(`/conversations/${first.conversation?.id}`)
  const again = (await post(sinew, as, withPhoto('bo'))).body
  await runJob(sinew, 'files.remove')
  const path = `/api/v1/attachments/${again.message?.attachments[0]?.id}`
  const served = await sinew.app.inject({ url: path, headers: { host: 'localhost:3000', authorization: `Bearer ${as.key}` } })
  expect(served.rawPayload.equals(large)).toBe(true)
})

test('a conversation that others flowed into goes with all of them', async () => {
  const chain = ['a', 'b', 'c', 'd', 'e'].map((it) => `${it}@juniper.example`)
  const home = (await post(sinew, as, mail({ id: chain[0] ?? null }))).body.conversation?.id
  await post(sinew, as, mail({ id: chain[4] ?? null, inReplyTo: chain[3] ?? '' }))
  await post(sinew, as, mail({ id: chain[2] ?? null, inReplyTo: chain[1] ?? '' }))
  await post(sinew, as, mail({ id: chain[3] ?? null, inReplyTo: chain[2] ?? '' }))
  await post(sinew, as, mail({ id: chain[1] ?? null, inReplyTo: chain[0] ?? '' }))
  expect(await countOf(sinew, 'conversations', 'merged_into is not null')).toBe(2)
  const [survivor] = (await sinew.call('GET', '/conversations', { as })).body.items
  expect(survivor.id).toBe(home)
  const { rows } = await sinew.pool.query('select id from conversations where merged_into is not null')
  expect((await remove(`/conversations/${rows[0].id}`)).status).toBe(409)
  expect((await remove(`/conversations/${survivor.id}`)).status).toBe(204)
  expect([await countOf(sinew, 'conversations'), await countOf(sinew, 'messages'), await countOf(sinew, 'inbound_messages')]).toEqual([
    0, 0, 0,
  ])
})

test('duplicates go with their first', async () => {
  const raw = mail({ id: 'dup@juniper.example' })
  const { body } = await post(sinew, as, raw)
  await post(sinew, as, `Received: by a.example\r\n${raw}`)
  await remove(`/conversations/${body.conversation?.id}`)
  expect([await countOf(sinew, 'inbound_messages'), await countOf(sinew, 'files')]).toEqual([0, 0])
})

test('a deleted customer is gone with every conversation and every word said in those of others', async () => {
  await post(sinew, as, withPhoto())
  await post(sinew, as, mail({ id: 'bos@juniper.example', from: 'Bo <bo@juniper.example>', cc: 'elena@juniper.example', text: 'Bo asks' }))
  const reply = (await post(sinew, as, mail({ inReplyTo: 'bos@juniper.example', text: 'Elena adds this' }))).body
  const customer = (await sinew.pool.query("select customer_id from contact_points where value = 'elena@juniper.example'")).rows[0]
    .customer_id
  expect((await remove(`/customers/${customer}`)).status).toBe(204)
  await runJob(sinew, 'files.remove')
  expect((await sinew.call('GET', `/customers/${customer}`, { as })).status).toBe(404)
  const { items } = (await sinew.call('GET', '/conversations', { as })).body
  expect(items).toMatchObject([{ id: reply.conversation?.id, lastMessage: { snippet: 'Bo asks', from: 'Bo' } }])
  const kept = await everythingKept()
  expect(kept).not.toMatch(/Elena adds|must go|Elena Marchetti/)
  expect(filesOnDisk()).toBe(0)
  expect((await post(sinew, as, mail({ text: 'A new beginning' }))).body).toMatchObject({ outcome: 'started' })
})

test('who may not delete is told so, and nothing is gone', async () => {
  const { body } = await post(sinew, as, mail())
  const reader = await integration(sinew, ['read', 'write'])
  const refused = await sinew.call('DELETE', `/conversations/${body.conversation?.id}`, { as: reader.as })
  expect(refused.status).toBe(403)
  expect(await countOf(sinew, 'messages')).toBe(1)
})

test('an answer kept for an Idempotency-Key goes with what it tells of', async () => {
  const raw = mail({ id: 'quoted@juniper.example', text: 'Words that a kept answer quotes' })
  const headers = { host: 'localhost:3000', authorization: `Bearer ${as.key}`, 'content-type': 'message/rfc822', 'idempotency-key': 'k1' }
  const answer = await sinew.app.inject({ method: 'POST', url: '/api/v1/inbound/email', headers, payload: Buffer.from(raw) })
  expect(await everythingKept()).toContain('kept answer quotes')
  const river = await startRiver({ engine: sinew.engine, url: sinew.url, modules: [edge], log: pino({ level: 'silent' }) })
  try {
    await remove(`/conversations/${answer.json().conversation.id}`)
    river.poke()
    await expect.poll(() => countOf(sinew, 'idempotency_keys'), { timeout: 5_000 }).toBe(0)
    expect(await everythingKept()).not.toContain('kept answer quotes')
  } finally {
    await river.stop()
  }
})
