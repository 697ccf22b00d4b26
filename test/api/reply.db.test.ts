import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Mail, parseMail } from '../../domain/channels/index.ts'
import { countOf, freshPost, mail, post, runJob } from '../support/mail.ts'
import { openReplyDesk, type ReplyDesk } from '../support/reply-desk.ts'

let desk: ReplyDesk
let office: ReplyDesk['office']
let sinew: ReplyDesk['sinew']
let as: ReplyDesk['as']
let world: ReplyDesk['world']
let reply: ReplyDesk['reply']
let work: ReplyDesk['work']
let started: ReplyDesk['started']
let show: ReplyDesk['show']
let messagesOf: ReplyDesk['messagesOf']
let delivery: ReplyDesk['delivery']
beforeAll(async () => {
  desk = await openReplyDesk()
  ;({ office, sinew, as, world, reply, work, started, show, messagesOf, delivery } = desk)
})
beforeEach(() => desk.clear())
afterAll(() => desk.close())

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
