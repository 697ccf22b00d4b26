import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Mail, parseMail } from '../../domain/channels/index.ts'
import { replyToConversation } from '../../domain/conversations/mail-out/reply.ts'
import { mailOut } from '../../server/outside/mail-out.ts'
import { countOf, freshPost, mail, post, runJob } from '../support/mail.ts'
import { buildWorld, integration, type World } from '../support/people.ts'
import { openPostOffice, type PostOffice } from '../support/post-office.ts'
import type { Credentials, Sinew } from '../support/sinew.ts'

let office: PostOffice
let sinew: Sinew
let as: { key: string }
let world: World
beforeAll(async () => {
  office = await openPostOffice({ user: 'larkspur', pass: 'p@ss/word' })
  const fresh = await freshPost({
    instance: { mailOut: mailOut(office.url, { name: 'desk.larkspur.example', from: undefined, folder: '', dkim: null }) },
  })
  sinew = fresh.sinew
  as = fresh.as
  world = await buildWorld(sinew)
  await sinew.call('POST', '/channels', { as: world.administrator.as, body: { name: 'Larkspur Help', address: 'help@larkspur.example' } })
})
beforeEach(async () => {
  await work(60_000)
  office.taken.length = 0
  office.moods.recipient = () => undefined
  office.moods.mail = () => undefined
})
afterAll(async () => {
  await sinew.close()
  await office.close()
})

// Everything a moment after what came before: the clock stands still until told.
const receive = async (more: Parameters<typeof mail>[0] = {}) => {
  sinew.pass(1)
  return (await post(sinew, as, mail(more))).body
}
const started = async (more: Parameters<typeof mail>[0] = {}) => (await receive(more)).conversation?.id ?? ''
const reply = (id: string, body: object = {}, who: Credentials = world.responder.as) => {
  sinew.pass(1)
  return sinew.call('POST', `/conversations/${id}/messages`, { as: who, body: { kind: 'reply', text: 'We come on Monday.', ...body } })
}
const show = async (id: string) => (await sinew.call('GET', `/conversations/${id}`, { as })).body
const messagesOf = async (id: string) =>
  (await sinew.call('GET', `/conversations/${id}/timeline`, { as })).body.items.filter((it: { type: string }) => it.type === 'message')
const delivery = async (id: string) => (await sinew.call('GET', `/messages/${id}/delivery`, { as })).body
const work = async (milliseconds = 0) => {
  sinew.pass(milliseconds)
  return runJob(sinew, 'conversations.send_mail')
}
const sent = async (): Promise<Mail> => {
  const parsed = await parseMail(Buffer.from(office.taken.at(-1)?.raw ?? ''))
  if (!parsed.ok) throw new Error(parsed.sentence)
  return parsed.mail
}

test('a reply waits ten seconds, goes out over SMTP, and says on the message how it stands', async () => {
  const id = await started({ id: 'first@juniper.example', subject: 'AW: The kettle drips' })
  const answer = await reply(id)
  expect(answer).toMatchObject({ status: 201, body: { direction: 'out', delivery: { state: 'queued', tries: 0 }, sentAt: null } })
  expect(await work(9000)).toBe(0)
  expect(await work(1000)).toBe(1)
  expect(office.taken).toHaveLength(1)
  expect(office.taken[0]?.to).toEqual(['elena@juniper.example'])
  const [, message] = await messagesOf(id)
  expect(message).toMatchObject({ id: answer.body.id, delivery: { state: 'sent', dueAt: null }, sentAt: sinew.now().toISOString() })
  const { lastMessage } = await show(id)
  expect(lastMessage).toMatchObject({ direction: 'out', snippet: 'We come on Monday.', from: 'Rui Open' })
  expect(await work(60_000)).toBe(0)
})

test('its headers let every program thread it, and its answer finds home by each of them alone', async () => {
  const id = await started({ id: 'headers@juniper.example', subject: 'AW: The kettle drips' })
  await reply(id)
  await work(10_000)
  const it = await sent()
  expect(it).toMatchObject({
    from: { address: 'help@larkspur.example', name: 'Larkspur Help' },
    to: [{ address: 'elena@juniper.example', name: 'Elena Marchetti' }],
    subject: 'Re: The kettle drips',
    inReplyTo: 'headers@juniper.example',
    references: ['headers@juniper.example'],
    text: 'We come on Monday.\n',
  })
  expect(it.html).toContain('<p>We come on Monday.</p>')
  const signed = it.replyTo[0]?.address ?? ''
  expect(signed).toMatch(/^help\+c\.[a-z2-7]{42}@larkspur\.example$/)
  expect(office.taken[0]?.from).toBe(signed)
  expect(it.messageId).toMatch(/^[0-9a-f]{32}\.[a-z2-7]{42}@larkspur\.example$/)
  expect(it.headers.get('x-sinew-instance')).toEqual(['test'])
  for (const absent of ['list-id', 'auto-submitted', 'precedence']) expect(it.headers.has(absent)).toBe(false)
  const from = 'Elena Marchetti <elena@juniper.example>'
  const answers = [
    mail({ from, to: signed }),
    mail({ from, inReplyTo: it.messageId ?? '' }),
    mail({ from, references: ['unknown@x.example', it.messageId ?? ''] }),
  ]
  for (const answer of answers) expect((await post(sinew, as, answer)).body).toMatchObject({ outcome: 'appended', conversation: { id } })
  await sinew.pool.query('delete from thread_links')
  expect((await post(sinew, as, mail({ from, inReplyTo: it.messageId ?? '' }))).body).toMatchObject({
    outcome: 'appended',
    conversation: { id },
  })
})

test('HTML goes out as it is shown, harmless, with the same words as text; files keep their names', async () => {
  const id = await started({ text: 'It drips.\nElena' })
  const html = '<p>We <b>come</b> on Monday.</p><script>alert(1)</script>'
  const content = Buffer.from('cool\u0000bytes').toString('base64')
  const attachments = [
    { filename: 'Über die Kanne – Anleitung (lang genug für zwei Zeilen im Kopf des Teils).pdf', contentType: 'application/pdf', content },
  ]
  const { status, body } = await reply(id, { text: undefined, html, quote: true, attachments })
  expect(status).toBe(201)
  expect(body).toMatchObject({ replyText: 'We come on Monday.', attachments: [{ filename: attachments[0]?.filename, size: 10 }] })
  await work(10_000)
  const it = await sent()
  expect(it.html).toContain('<b>come</b>')
  expect(it.html).not.toContain('script')
  expect(it.text).toMatch(/^We come on Monday\.\n\nOn .* Elena Marchetti <elena@juniper\.example> wrote:\n> It drips\.\n> Elena/)
  expect(it.attachments).toMatchObject([{ filename: attachments[0]?.filename, contentType: 'application/pdf' }])
  expect(Buffer.from(it.attachments[0]?.content ?? []).toString('base64')).toBe(content)
  const again = await reply(id, { attachments: [{ id: body.attachments[0].id }] })
  expect(again.body.attachments).toMatchObject([{ filename: attachments[0]?.filename }])
})

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

test('undo gives the words back and leaves nothing: no message, no file, no link, nothing on the wire', async () => {
  const id = await started()
  const before = await show(id)
  const attachments = [{ filename: 'a.txt', contentType: 'text/plain', content: 'YQ==' }]
  const { body } = await reply(id, { cc: ['bo@juniper.example'], to: ['elena@juniper.example'], attachments })
  const links = await countOf(sinew, 'thread_links')
  const taken = await sinew.call('DELETE', `/messages/${body.id}`, { as: world.responder.as })
  expect(taken).toMatchObject({ status: 200, body: { text: 'We come on Monday.', cc: [{ address: 'bo@juniper.example' }] } })
  expect(await work(60_000)).toBe(0)
  expect(office.taken).toEqual([])
  expect(await countOf(sinew, 'outbox_messages', `message_id = '${body.id}'`)).toBe(0)
  expect(await countOf(sinew, 'thread_links')).toBe(links - 1)
  expect(await countOf(sinew, 'attachments', `message_id = '${body.id}'`)).toBe(0)
  expect((await show(id)).lastMessage).toMatchObject({ direction: 'in', from: before.lastMessage.from })
  expect(await countOf(sinew, 'event_log', `name = 'message.withdrawn' and subject_id = '${id}'`)).toBe(1)
})

test('what went out cannot be taken back, and what waits for later goes later', async () => {
  const id = await started()
  const late = new Date(sinew.now().getTime() + 3_600_000).toISOString()
  const { body } = await reply(id, { sendAt: late, thenStatus: 'waiting' })
  expect(body.delivery).toMatchObject({ state: 'queued', dueAt: late })
  expect((await show(id)).status).toBe('waiting')
  expect(await work(3_599_000)).toBe(0)
  expect(await work(1000)).toBe(1)
  expect((await sent()).sentAt?.toISOString()).toBe(late.replace(/\.\d{3}Z$/, '.000Z'))
  const taken = await sinew.call('DELETE', `/messages/${body.id}`, { as: world.responder.as })
  expect(taken).toMatchObject({ status: 409, body: { error: { code: 'already_sent' } } })
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

test('the servers’ dialogue is kept, and the password is not in it', async () => {
  const id = await started()
  const { body } = await reply(id)
  await work(10_000)
  const log = await delivery(body.id)
  expect(log).toMatchObject({
    state: 'sent',
    recipients: [{ address: 'elena@juniper.example', state: 'accepted' }],
    attempts: [{ outcome: 'accepted' }],
  })
  const { dialogue } = log.attempts[0]
  expect(dialogue).toMatch(
    /C: EHLO desk\.larkspur\.example[\s\S]*C: AUTH PLAIN …[\s\S]*C: MAIL FROM:<help\+c[\s\S]*C: RCPT TO:<elena@juniper\.example>[\s\S]*S: 250/,
  )
  for (const secret of ['p@ss/word', 'p%40ss', Buffer.from('\0larkspur\0p@ss/word').toString('base64'), 'Monday'])
    expect(dialogue).not.toContain(secret)
})

test('without a server mail is written to the outbox folder, and says so; deleted for good it goes from there too', async () => {
  const { sinew: offline, as } = await freshPost()
  await offline.call('POST', '/channels', { as, body: { name: 'Help', address: 'help@larkspur.example' } })
  const id = (await post(offline, as, mail())).body.conversation?.id
  const { body } = await offline.call('POST', `/conversations/${id}/messages`, { as, body: { kind: 'reply', text: 'We come on Monday.' } })
  offline.pass(10_000)
  await runJob(offline, 'conversations.send_mail')
  const log = (await offline.call('GET', `/messages/${body.id}/delivery`, { as })).body
  expect(log).toMatchObject({ state: 'sent', note: 'written_to_outbox', attempts: [{ outcome: 'written' }] })
  expect(readdirSync(offline.outbox)).toEqual([`${body.id}.eml`])
  expect(readFileSync(join(offline.outbox, `${body.id}.eml`), 'utf8')).toContain('We come on Monday.')
  await offline.call('DELETE', `/conversations/${id}`, { as })
  await runJob(offline, 'conversations.remove_written')
  expect(readdirSync(offline.outbox)).toEqual([])
  expect(await countOf(offline, 'outbox_removals')).toBe(0)
  await offline.close()
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
