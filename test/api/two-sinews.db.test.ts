import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMailServer } from '../../server/mail-server.ts'
import { mailOut } from '../../server/outside/mail-out.ts'
import { asSettings, readSettings } from '../../server/settings.ts'
import { freePort } from '../support/free-port.ts'
import { freshPost, mail, post, runJob } from '../support/mail.ts'
import type { Sinew } from '../support/sinew.ts'

type Side = { sinew: Sinew; as: { key: string }; address: string; stop: () => Promise<void> }
let larkspur: Side
let juniper: Side

beforeAll(async () => {
  const [here, there] = [await freePort(), await freePort()]
  larkspur = await open('larkspur', { port: here, other: there })
  juniper = await open('juniper', { port: there, other: here })
})
afterAll(async () => {
  for (const side of [larkspur, juniper]) await side.stop()
})

/** A Sinew that takes mail over SMTP and sends what it says to the other one. */
async function open(name: string, { port, other }: { port: number; other: number }): Promise<Side> {
  const out = mailOut(`smtp://127.0.0.1:${other}`, { name: `${name}.example`, from: undefined, folder: '', dkim: null })
  const { sinew, as } = await freshPost({ instance: { id: `${name}-0001`, replyKeys: [`key of ${name}`], mailOut: out } })
  const address = `help@${name}.example`
  await sinew.call('POST', '/channels', { as, body: { name, address } })
  const settings = readSettings(asSettings({ 'smtp-port': String(port) }), {})
  const server = await startMailServer({ settings, engine: sinew.engine, log: pino({ level: 'silent' }) } as Parameters<
    typeof startMailServer
  >[0])
  const stop = async () => {
    await server.stop()
    await sinew.close()
  }
  return { sinew, as, address, stop }
}

const conversations = async ({ sinew, as }: Side) => (await sinew.call('GET', '/conversations', { as })).body.items
const timeline = async ({ sinew, as }: Side, id: string) =>
  (await sinew.call('GET', `/conversations/${id}/timeline`, { as })).body.items.filter((it: { type: string }) => it.type === 'message')
const said = async (side: Side, id: string) =>
  (await timeline(side, id)).map((it: { direction: string; replyText: string }) => [it.direction, it.replyText.trim()])

async function reply({ sinew, as }: Side, id: string, text: string, more: object = {}) {
  sinew.pass(1000)
  const answer = await sinew.call('POST', `/conversations/${id}/messages`, { as, body: { kind: 'reply', text, ...more } })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  sinew.pass(10_000)
  expect(await runJob(sinew, 'conversations.send_mail')).toBe(1)
  return answer.body.id as string
}

test('two Sinews write to each other over SMTP, to and fro, and it is one conversation on both sides', async () => {
  // Juniper's desk asks Larkspur's: its words are Larkspur's customer.
  const first = mail({ from: `Juniper <${juniper.address}>`, to: larkspur.address, subject: 'The kettle drips', text: 'It drips.' })
  const id = (await post(larkspur.sinew, larkspur.as, first)).body.conversation?.id ?? ''
  await reply(larkspur, id, 'Does it drip all the time?')
  const [theirs] = await conversations(juniper)
  expect(theirs).toMatchObject({ subject: 'Re: The kettle drips', status: 'open', customer: { address: larkspur.address } })
  await reply(juniper, theirs.id, 'Only when it rains.', { quote: true })
  await reply(larkspur, id, 'Then we come on Monday.', { quote: true })
  await reply(juniper, theirs.id, 'Thank you.')
  expect([await conversations(larkspur), await conversations(juniper)].map((it) => it.length)).toEqual([1, 1])
  expect(await said(larkspur, id)).toEqual([
    ['in', 'It drips.'],
    ['out', 'Does it drip all the time?'],
    ['in', 'Only when it rains.'],
    ['out', 'Then we come on Monday.'],
    ['in', 'Thank you.'],
  ])
  expect((await said(juniper, theirs.id)).map(([way]: string[]) => way)).toEqual(['in', 'out', 'in', 'out'])
  const states = (await timeline(larkspur, id)).map((it: { delivery: { state: string } | null }) => it.delivery?.state)
  expect(states).toEqual([undefined, 'sent', undefined, 'sent', undefined])
})

test('mail of our own that comes back to us is a loop, and opens nothing', async () => {
  const first = mail({ from: 'Somebody <nobody@juniper.example>', to: larkspur.address })
  const id = (await post(larkspur.sinew, larkspur.as, first)).body.conversation?.id ?? ''
  await reply(larkspur, id, 'Hello', { to: [juniper.address], thenStatus: 'closed' })
  const { rows } = await juniper.sinew.pool.query("select id from inbound_messages where via = 'smtp' order by id desc limit 1")
  const { rows: files } = await juniper.sinew.pool.query(
    'select bytes from files join inbound_messages on raw_file = sha256 where id = $1',
    [rows[0].id],
  )
  const back = await post(larkspur.sinew, larkspur.as, files[0].bytes)
  expect(back.body).toMatchObject({ outcome: 'suppressed', reason: 'loop', conversation: { id, status: 'closed' } })
})
