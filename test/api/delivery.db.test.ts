import { generateKeyPairSync } from 'node:crypto'
import { dkimVerify } from 'mailauth/lib/dkim/verify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sendMail } from '../../domain/conversations/mail-out/send.ts'
import type { MailOut } from '../../kernel/instance.ts'
import { stepsOf } from '../../kernel/transact.ts'
import { dkimRecord } from '../../server/commands/dkim.ts'
import { mailOut } from '../../server/outside/mail-out.ts'
import { freshPost, mail, mailOf, post, runJob } from '../support/mail.ts'
import { openPostOffice, type PostOffice } from '../support/post-office.ts'
import { type Sinew, system } from '../support/sinew.ts'

const dkim = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const needs = { name: 'localhost', from: undefined, folder: '', dkim: { selector: 'sinew', privateKey: dkim } }

let office: PostOffice
let sinew: Sinew
let as: { key: string }
/** What stands between us and the outside; a test may put something in the way. */
let way: MailOut
beforeAll(async () => {
  office = await openPostOffice()
  way = mailOut(office.url, needs)
  const inTheWay: MailOut = { from: null, send: (it) => way.send(it), remove: (it) => way.remove(it) }
  const fresh = await freshPost({ instance: { mailOut: inTheWay } })
  sinew = fresh.sinew
  as = fresh.as
  await sinew.call('POST', '/channels', { as, body: { name: 'Help', address: 'help@larkspur.example' } })
})
beforeEach(() => {
  office.taken.length = 0
  office.moods.recipient = () => undefined
  office.moods.mail = () => undefined
  way = mailOut(office.url, needs)
})
afterAll(async () => {
  await sinew.close()
  await office.close()
})

async function replied(to: readonly string[] = ['elena@juniper.example']) {
  sinew.pass(1)
  const id = (await post(sinew, as, mail())).body.conversation?.id ?? ''
  sinew.pass(1)
  const body = { kind: 'reply', text: 'We come on Monday.', to, thenStatus: 'closed' }
  const message = (await sinew.call('POST', `/conversations/${id}/messages`, { as, body })).body
  return { id, messageId: message.id as string }
}
const work = async (minutes = 1) => {
  sinew.pass(minutes * 60_000)
  return runJob(sinew, 'conversations.send_mail')
}
const delivery = async (id: string) => (await sinew.call('GET', `/messages/${id}/delivery`, { as })).body
const outcomes = async (id: string) => (await delivery(id)).attempts.map((it: { outcome: string }) => it.outcome)
const statusOf = async (id: string) => (await sinew.call('GET', `/conversations/${id}`, { as })).body.status
const retry = (id: string) => sinew.call('POST', `/messages/${id}/delivery/retry`, { as })
const eventsOf = async (id: string) =>
  (
    await sinew.pool.query(
      "select name from event_log where subject_id = $1 and name like 'message.%' and name <> 'message.received' order by id",
      [id],
    )
  ).rows.map((it) => it.name)
const idOf = (raw = '') => /^Message-ID:\s*<([^>]+)>/im.exec(raw)?.[1]

test('a recipient refused for good is visible at once, with the server’s words, and the conversation comes back', async () => {
  office.moods.recipient = () => 550
  const { id, messageId } = await replied()
  await work()
  expect(await delivery(messageId)).toMatchObject({
    state: 'failed',
    dueAt: null,
    diagnostic: expect.stringMatching(/^550/),
    recipients: [{ state: 'refused' }],
    attempts: [{ outcome: 'refused' }],
  })
  expect(await statusOf(id)).toBe('open')
  expect(await eventsOf(id)).toEqual(['message.queued', 'message.failed'])
  expect(await work(3000)).toBe(0)
  office.moods.recipient = () => undefined
  expect((await retry(messageId)).body.delivery).toMatchObject({ state: 'queued', tries: 0 })
  await work(0)
  expect((await delivery(messageId)).state).toBe('sent')
  expect(office.taken).toHaveLength(1)
})

test('a server that is busy is asked again a minute later, then five, and takes it once', async () => {
  office.moods.mail = () => 451
  const { id, messageId } = await replied()
  await work()
  expect(await delivery(messageId)).toMatchObject({ state: 'queued', tries: 1, diagnostic: expect.stringMatching(/^451/) })
  expect(await work(0.9)).toBe(0)
  expect(await work(0.1)).toBe(1)
  expect(await work(4)).toBe(0)
  office.moods.mail = () => undefined
  expect(await work(1)).toBe(1)
  expect(await outcomes(messageId)).toEqual(['postponed', 'postponed', 'accepted'])
  expect(office.taken).toHaveLength(1)
  expect(await eventsOf(id)).toEqual(['message.queued', 'message.postponed', 'message.postponed', 'message.sent'])
})

test('nobody listening is no loss: it waits for two days, says so, then it is a person’s turn', async () => {
  way = mailOut('smtp://127.0.0.1:1', needs)
  const { messageId } = await replied()
  await work()
  expect(await delivery(messageId)).toMatchObject({ state: 'queued', diagnostic: expect.stringContaining('ECONNREFUSED') })
  for (const minutes of [1, 5, 30, 120, 360, 720, 1440]) expect(await work(minutes)).toBe(1)
  expect(await delivery(messageId)).toMatchObject({ state: 'failed', tries: 8 })
  way = mailOut(office.url, needs)
  await retry(messageId)
  await work(0)
  expect((await delivery(messageId)).state).toBe('sent')
})

test('a password the server does not know is our trouble, not the recipient’s: it is tried again', async () => {
  const locked = await openPostOffice({ user: 'a', pass: 'b' })
  way = mailOut(locked.url.replace('a:b@', 'a:wrong@'), needs)
  const { messageId } = await replied()
  await work()
  const log = await delivery(messageId)
  expect(log).toMatchObject({ state: 'queued', attempts: [{ outcome: 'postponed' }] })
  expect(JSON.stringify(log)).not.toContain('wrong')
  await locked.close()
  await sinew.call('DELETE', `/messages/${messageId}`, { as })
})

test('who got it does not get it again while the others wait', async () => {
  const greylisted = 'bo@juniper.example'
  office.moods.recipient = (address) => (address === greylisted ? 450 : undefined)
  const { messageId } = await replied(['elena@juniper.example', greylisted])
  await work()
  expect(await delivery(messageId)).toMatchObject({ state: 'queued', recipients: [{ state: 'accepted' }, { state: 'waiting' }] })
  const taken = await sinew.call('DELETE', `/messages/${messageId}`, { as })
  expect(taken.body.error.code).toBe('already_sent')
  office.moods.recipient = () => undefined
  await work()
  expect(office.taken.map((it) => it.to)).toEqual([['elena@juniper.example'], [greylisted]])
  expect(idOf(office.taken[0]?.raw)).toBe(idOf(office.taken[1]?.raw))
  expect((await delivery(messageId)).state).toBe('sent')
})

test('a worker that dies after the server took it leaves one accepted try, and the copy bears the same Message-ID', async () => {
  const { id, messageId } = await replied()
  const usual = way
  way = { ...usual, send: async (it) => Promise.reject(new Error(`killed after ${(await usual.send(it)).accepted.length}`)) }
  await expect(work()).rejects.toThrow('killed after 1')
  way = usual
  expect(await work(5)).toBe(0)
  expect(await work(1)).toBe(1)
  expect(await outcomes(messageId)).toEqual(['interrupted', 'accepted'])
  expect(office.taken.map((it) => it.raw)).toEqual([office.taken[0]?.raw, office.taken[0]?.raw])
  expect((await eventsOf(id)).filter((it) => it === 'message.sent')).toHaveLength(1)
})

test('two workers at once send it once, and while it is being sent it can neither be taken back nor sent again', async () => {
  const { messageId } = await replied()
  sinew.pass(10_000)
  let release = () => {}
  const held = new Promise<void>((done) => {
    release = done
  })
  const usual = way
  way = { ...usual, send: (it) => held.then(() => usual.send(it)) }
  const steps = stepsOf(sinew.engine, system)
  const workers = [sendMail(steps, messageId), sendMail(steps, messageId), sendMail(steps, messageId)]
  await expect.poll(async () => (await sinew.call('DELETE', `/messages/${messageId}`, { as })).body.error?.code).toBe('being_sent')
  expect((await retry(messageId)).body.error.code).toBe('being_sent')
  release()
  await Promise.all(workers)
  expect(office.taken).toHaveLength(1)
  expect(await outcomes(messageId)).toEqual(['accepted'])
})

const report = (mailId: string, action: string, headers: readonly string[] = []) =>
  mailOf(
    [
      { headers: ['Content-Type: text/plain'], body: 'About your mail.' },
      {
        headers: ['Content-Type: message/delivery-status'],
        body: `Reporting-MTA: dns; mx.juniper.example\r\n\r\nFinal-Recipient: rfc822; elena@juniper.example\r\nAction: ${action}\r\nStatus: ${action === 'failed' ? '5.1.1' : '2.0.0'}\r\nDiagnostic-Code: smtp; 550 5.1.1 No such user\r\n`,
      },
      { headers: ['Content-Type: text/rfc822-headers'], body: `Message-ID: <${mailId}>\r\nSubject: Re: Kettle\r\n` },
    ],
    headers,
  )
    .replace('multipart/mixed;', 'multipart/report; report-type=delivery-status;')
    .replace('Elena Marchetti <elena@juniper.example>', 'MAILER-DAEMON@mx.juniper.example')

test('a report that it could not be delivered makes it bounced and brings the conversation back', async () => {
  const { id, messageId } = await replied()
  await work()
  const answer = await post(sinew, as, report(idOf(office.taken[0]?.raw) ?? '', 'failed'))
  expect(answer.body).toMatchObject({ outcome: 'suppressed', reason: 'bounce', conversation: { id } })
  expect(await delivery(messageId)).toMatchObject({ state: 'bounced', diagnostic: '550 5.1.1 No such user' })
  expect(await statusOf(id)).toBe('open')
  expect(await eventsOf(id)).toEqual(['message.queued', 'message.sent', 'message.bounced'])
  await post(sinew, as, report(idOf(office.taken[0]?.raw) ?? '', 'failed', ['Message-ID: <again@mx.juniper.example>']))
  expect((await eventsOf(id)).filter((it) => it === 'message.bounced')).toHaveLength(1)
})

test('a report that it arrived makes it delivered and wakes nobody', async () => {
  const { id, messageId } = await replied()
  await work()
  const answer = await post(sinew, as, report(idOf(office.taken[0]?.raw) ?? '', 'delivered'))
  expect(answer.body).toMatchObject({ outcome: 'suppressed', reason: 'delivered', conversation: { id, status: 'closed' } })
  expect((await delivery(messageId)).state).toBe('delivered')
})

test('a report about an id somebody put together changes nothing', async () => {
  const [one, other] = [await replied(), await replied()]
  await work()
  const [first, second] = office.taken.map((it) => idOf(it.raw) ?? '')
  const patched = `${second?.slice(0, 32)}${first?.slice(32)}`
  for (const id of [patched, `${first}x`, 'x@y.example'])
    await post(sinew, as, report(id, 'failed', [`Message-ID: <${crypto.randomUUID()}@mx>`]))
  expect([(await delivery(one.messageId)).state, (await delivery(other.messageId)).state]).toEqual(['sent', 'sent'])
})

test('what goes out is signed, and the key that is to be published proves it', async () => {
  await replied()
  await work()
  const resolver = async (name: string) => {
    expect(name).toBe('sinew._domainkey.larkspur.example')
    return [[dkimRecord(dkim)]]
  }
  const verify = async (raw: string) => (await dkimVerify(Buffer.from(raw), { resolver } as never)).results.map((it) => it.status.result)
  const raw = office.taken[0]?.raw ?? ''
  expect(await verify(raw)).toEqual(['pass'])
  expect(await verify(raw.replace('Monday', 'Sunday'))).toEqual(['neutral'])
})
