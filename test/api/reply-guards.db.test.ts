import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { replyToConversation } from '../../domain/conversations/mail-out/reply.ts'
import { mailOut } from '../../server/outside/mail-out.ts'
import { countOf, freshPost, mail, post } from '../support/mail.ts'
import { integration } from '../support/people.ts'
import { openReplyDesk, type ReplyDesk } from '../support/reply-desk.ts'

let desk: ReplyDesk
let office: ReplyDesk['office']
let sinew: ReplyDesk['sinew']
let as: ReplyDesk['as']
let world: ReplyDesk['world']
let receive: ReplyDesk['receive']
let reply: ReplyDesk['reply']
let started: ReplyDesk['started']
let show: ReplyDesk['show']
let messagesOf: ReplyDesk['messagesOf']
beforeAll(async () => {
  desk = await openReplyDesk()
  ;({ office, sinew, as, world, receive, reply, started, show, messagesOf } = desk)
})
beforeEach(() => desk.clear())
afterAll(() => desk.close())

test('a file of some megabytes goes along, and what no server would take is refused', async () => {
  const id = await started()
  const file = (bytes: number) => ({
    filename: 'film.mov',
    contentType: 'video/quicktime',
    content: Buffer.alloc(bytes).toString('base64'),
  })
  expect((await reply(id, { attachments: [file(5_000_000)] })).status).toBe(201)
  const { status, body } = await reply(id, { attachments: [file(10_000_000), file(10_000_000)] })
  expect([status, body.error.code]).toEqual([413, 'attachments_too_large'])
  expect(await countOf(sinew, 'attachments', 'size = 10000000')).toBe(0)
})

test('the same reply asked for twice under one key is one reply', async () => {
  const id = await started()
  const before = await countOf(sinew, 'outbox_messages')
  const ask = () =>
    sinew.app.inject({
      method: 'POST',
      url: `/api/v1/conversations/${id}/messages`,
      headers: { host: 'localhost:3000', authorization: `Bearer ${as.key}`, 'idempotency-key': `reply to ${id}` },
      payload: { kind: 'reply', text: 'Once.' },
    })
  const [first, second] = [await ask(), await ask()]
  expect([first.statusCode, second.json().id]).toEqual([201, first.json().id])
  expect(await countOf(sinew, 'outbox_messages')).toBe(before + 1)
})

test('who has not seen the newest words of the customer is shown them instead', async () => {
  const id = await started({ id: 'stale@juniper.example' })
  const [first] = await messagesOf(id)
  expect((await reply(id, { seenThrough: first.id })).status).toBe(201)
  await receive({ inReplyTo: 'stale@juniper.example', text: 'Never mind, it stopped.' })
  const [, , newest] = await messagesOf(id)
  const refused = await reply(id, { seenThrough: first.id })
  expect(refused).toMatchObject({
    status: 409,
    body: { error: { code: 'newer_message', details: { message: { id: newest.id, text: expect.stringContaining('it stopped') } } } },
  })
  expect((await reply(id, { seenThrough: newest.id })).status).toBe(201)
  await receive({ inReplyTo: 'stale@juniper.example', headers: ['Auto-Submitted: auto-replied'] })
  expect((await reply(id, { seenThrough: newest.id })).status).toBe(201)
  expect((await reply(id, { seenThrough: crypto.randomUUID() })).body.error.code).toBe('unknown_message')
})

test('by itself a reply goes to the customer, to everyone when asked, and never to who merely wrote themselves in', async () => {
  const id = await started({ id: 'who@juniper.example', cc: `bo@juniper.example, ${world.responder.email}, help@larkspur.example` })
  await post(sinew, as, mail({ from: 'Mallory <mallory@elsewhere.example>', inReplyTo: 'who@juniper.example' }))
  await post(sinew, as, mail({ from: world.member.email, inReplyTo: 'who@juniper.example' }))
  const plain = (it: { to: { address: string }[]; cc: { address: string }[] }) => [...it.to, ...it.cc].map(({ address }) => address)
  expect(plain((await reply(id)).body)).toEqual(['elena@juniper.example'])
  expect(plain((await reply(id, { everyone: true })).body)).toEqual(['elena@juniper.example', 'bo@juniper.example'])
  expect(await reply(id, { to: ['mallory@elsewhere.example'] })).toMatchObject({
    status: 409,
    body: { error: { code: 'stranger_not_admitted' } },
  })
  expect((await reply(id, { cc: [world.member.email] })).status).toBe(409)
  await sinew.call('PUT', `/conversations/${id}/participants/mallory@elsewhere.example`, { as })
  expect((await reply(id, { to: ['mallory@elsewhere.example'] })).status).toBe(201)
  expect((await reply(id, { to: ['new@juniper.example'] })).status).toBe(201)
  expect((await show(id)).participants).toContainEqual({ address: 'new@juniper.example', name: '', admitted: true, customerId: null })
})

test.each([
  ['a line end', ['a@x.example\r\nBcc: eve@x.example']],
  ['a command', ['a@x.example> RCPT TO:<eve@x.example']],
  ['too many', Array.from({ length: 51 }, (_, n) => `c${n}@x.example`)],
])('an address with %s is refused before anything is written', async (_, to) => {
  const id = await started()
  const before = await countOf(sinew, 'messages')
  expect((await reply(id, { to })).status).toBe(422)
  expect(await countOf(sinew, 'messages')).toBe(before)
})

test('a forged colleague, a mail of any kind, or a machine makes no mail go out', async () => {
  const id = await started({ id: 'forge@juniper.example' })
  const rows = await countOf(sinew, 'outbox_messages')
  const to = (await reply(id)).body.id
  for (const from of [`Rui <${world.responder.email}>`, 'help@larkspur.example', 'MAILER-DAEMON@mx.example']) {
    await post(sinew, as, mail({ from, inReplyTo: 'forge@juniper.example', text: 'Dear Elena, pay here.' }))
  }
  expect(await countOf(sinew, 'outbox_messages')).toBe(rows + 1)
  await sinew.call('DELETE', `/messages/${to}`, { as })
  await expect(sinew.act((ctx) => replyToConversation(ctx, id as never, { kind: 'reply', text: 'x' }))).rejects.toThrow(
    'Only people and keys',
  )
})

test('replying takes the permission to reply, and a key the scope to write', async () => {
  const id = await started()
  const [reads, writes] = await Promise.all([integration(sinew, ['read', 'import', 'mail']), integration(sinew, ['write'])])
  expect((await reply(id, {}, reads.as)).status).toBe(403)
  expect((await reply(id, {}, writes.as)).status).toBe(201)
  expect((await sinew.call('GET', `/conversations/${id}`, { as: world.responder.as })).body.can).toContain('conversation.reply')
  expect((await reply(id, {}, world.supplier.as)).status).toBe(404)
})

test('where no channel fits, mail is from the address that is set for that', async () => {
  const out = mailOut(office.url, { name: 'localhost', from: 'desk@larkspur.example', folder: '', dkim: null })
  const { sinew: bare, as } = await freshPost({ instance: { mailOut: out } })
  const id = (await post(bare, as, mail())).body.conversation?.id
  const answer = await bare.call('POST', `/conversations/${id}/messages`, { as, body: { kind: 'reply', text: 'x' } })
  expect(answer).toMatchObject({ status: 201, body: { from: { address: 'desk@larkspur.example' } } })
  await bare.close()
})

test('where there is neither a channel nor an address to write from, it says what to do', async () => {
  const { sinew: bare, as } = await freshPost()
  const id = (await post(bare, as, mail())).body.conversation?.id
  const answer = await bare.call('POST', `/conversations/${id}/messages`, { as, body: { kind: 'reply', text: 'x' } })
  expect(answer).toMatchObject({ status: 409, body: { error: { code: 'no_channel' } } })
  await bare.close()
})
