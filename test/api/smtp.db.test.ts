import { connect, type Socket } from 'node:net'
import { createTransport } from 'nodemailer'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startMailServer } from '../../server/mail-server.ts'
import { asSettings, readSettings } from '../../server/settings.ts'
import { freePort } from '../support/free-port.ts'
import { countOf, download, freshPost, mail } from '../support/mail.ts'
import type { Sinew } from '../support/sinew.ts'

let sinew: Sinew
let as: { key: string }
let port: number
let stop: () => Promise<void>
beforeEach(async () => {
  const fresh = await freshPost()
  sinew = fresh.sinew
  as = fresh.as
  port = await freePort()
  const settings = readSettings(asSettings({ 'smtp-port': String(port), 'mail-size-limit': '1' }), {})
  const log = pino({ level: 'silent' })
  const running = await startMailServer({ settings, engine: sinew.engine, log } as Parameters<typeof startMailServer>[0])
  stop = running.stop
})
afterEach(async () => {
  await stop()
  await sinew.close()
})

const help = 'help@larkspur.example'
type Envelope = { from?: string; to?: string[] }
const send = (raw: string, { from = 'elena@juniper.example', to = [help] }: Envelope = {}) =>
  createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true }).sendMail({ envelope: { from, to }, raw })
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (error) => error.responseCode as number,
  )

test('a mail over SMTP is a conversation when its sender hears 250', async () => {
  const raw = mail({ subject: 'By SMTP' })
  const { response } = await send(raw)
  expect(response).toMatch(/^250/)
  const [it] = (await sinew.call('GET', '/conversations', { as })).body.items
  expect(it).toMatchObject({ subject: 'By SMTP', unread: true })
  const { rows } = await sinew.pool.query('select * from inbound_messages')
  expect(rows).toMatchObject([{ via: 'smtp', envelope_from: 'elena@juniper.example', envelope_to: [help], remote_address: '127.0.0.1' }])
  expect((await download(sinew, as, `/messages/${rows[0].message_id}/source`)).bytes.toString()).toBe(raw)
})

test('before there is a channel any address is taken, from then on only those of channels and what we signed', async () => {
  expect(await refusal(send(mail(), { to: ['anybody@anywhere.example'] }))).toBe('taken')
  await sinew.call('POST', '/channels', { as, body: { name: 'Help', address: help } })
  expect(await refusal(send(mail(), { to: ['anybody@anywhere.example'] }))).toBe(550)
  expect(await refusal(send(mail(), { to: ['HELP@larkspur.example'] }))).toBe('taken')
  expect(await refusal(send(mail(), { to: ['help+anything@larkspur.example'] }))).toBe('taken')
  const [it] = (await sinew.call('GET', '/conversations', { as })).body.items
  expect(it.medium).toBe('email')
  expect((await sinew.call('GET', `/conversations/${it.id}`, { as })).body.channel).toMatchObject({ name: 'Help' })
})

test('a mail over the limit is refused with 552, said first or only found out', async () => {
  const large = mail({ text: 'x'.repeat(1_200_000) })
  expect(await refusal(send(large))).toBe(552)
  expect(await undeclared(large)).toMatch(/^552/)
  expect(await countOf(sinew, 'inbound_messages')).toBe(0)
})

test('while the database fails the sender is told to come back, and then it is there once', async () => {
  const raw = mail()
  await sinew.pool.query('alter table files rename to sheets')
  expect(await refusal(send(raw))).toBe(451)
  await sinew.pool.query('alter table sheets rename to files')
  expect(await refusal(send(raw))).toBe('taken')
  expect(await countOf(sinew, 'messages')).toBe(1)
})

test('while it cannot even be asked whose an address is, the sender is told to come back', async () => {
  await sinew.pool.query('alter table channels rename to ways')
  expect(await refusal(send(mail()))).toBe(451)
  await sinew.pool.query('alter table ways rename to channels')
})

test('once it is kept the sender hears 250, even when recording it fails', async () => {
  await sinew.pool.query('alter table messages rename column text to words')
  expect(await refusal(send(mail()))).toBe('taken')
  expect(await countOf(sinew, 'inbound_messages', "state = 'unprocessed'")).toBe(1)
})

test('a bounce comes from nobody and wakes nobody', async () => {
  await send(mail({ from: 'MAILER-DAEMON@mx.example', subject: 'Undelivered Mail Returned to Sender' }), { from: '' })
  const [it] = (await sinew.call('GET', '/conversations', { as })).body.items
  expect(it).toMatchObject({ status: 'closed', unread: false })
})

test('mails that never end leave room for the others, and a large one is told to come back', async () => {
  const endless = await Promise.all(Array.from({ length: 6 }, () => unfinished(900_000)))
  const large = mail({ text: 'lorem ipsum\n'.repeat(50_000) })
  expect(await refusal(send(large))).toBe(452)
  expect(await refusal(send(mail()))).toBe('taken')
  for (const socket of endless) socket.destroy()
  await expect.poll(() => refusal(send(large))).toBe('taken')
})

test('twenty senders at once, one mail each, all there', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, n) => send(mail({ subject: `Mail ${n}`, from: `c${n}@juniper.example` }))))
  expect(await countOf(sinew, 'messages')).toBe(20)
})

test('lines that begin with a dot arrive as they were', async () => {
  const raw = mail({ text: '.\n..\n.hidden\nend' })
  await send(raw)
  const { rows } = await sinew.pool.query('select id from messages')
  expect((await download(sinew, as, `/messages/${rows[0].id}/source`)).bytes.toString()).toBe(raw)
})

/** A sender that does not say how large its mail is. */
function undeclared(raw: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8').on('error', reject)
    const lines = ['EHLO x.example', 'MAIL FROM:<elena@juniper.example>', `RCPT TO:<${help}>`, 'DATA', `${raw}\r\n.`]
    socket.on('data', (said: string) => {
      if (/^\d{3}-/m.test(said.trimEnd().split('\n').at(-1) ?? '')) return
      const next = lines.shift()
      if (next !== undefined) socket.write(`${next}\r\n`)
      else {
        socket.destroy()
        resolve(said)
      }
    })
  })
}

// Sends so many bytes of a mail and then nothing more.
function unfinished(size: number): Promise<Socket> {
  const lines = ['EHLO slow.example', 'MAIL FROM:<a@juniper.example>', `RCPT TO:<${help}>`, 'DATA']
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8')
    socket.on('data', (said: string) => {
      if (/^354/m.test(said)) socket.write('lorem ipsum\r\n'.repeat(size / 13), () => setTimeout(resolve, 200, socket))
      else if (/^\d{3} /m.test(said)) socket.write(`${lines.shift()}\r\n`)
    })
  })
}
