import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Endpoint } from '../../contract/endpoint.ts'
import { listEvents } from '../../contract/stream.ts'
import { newId } from '../../kernel/id.ts'
import { startRiver } from '../../server/events/river.ts'
import { serveEvents } from '../../server/events/sse.ts'
import { modules } from '../../server/modules.ts'
import { buildWorld, integration } from '../support/people.ts'
import { freshSinew } from '../support/sinew.ts'

/** Every endpoint the server serves: the modules' and the event log's. */
export const endpoints: readonly Endpoint[] = [...modules.flatMap((it) => it.routes ?? []).map((it) => it.endpoint), listEvents]

export const nameOf = (it: Endpoint) => `${it.method} ${it.path}`

/** Every endpoint the contract declares, wherever it is declared. */
export async function declared(): Promise<Endpoint[]> {
  const folder = join(import.meta.dirname, '..', '..', 'contract')
  const files = await Promise.all(readdirSync(folder).map((file) => import(join(folder, file)) as Promise<object>))
  return files.flatMap((file) => Object.values(file)).filter(isEndpoint)
}

const isEndpoint = (it: unknown): it is Endpoint =>
  typeof it === 'object' && it !== null && 'method' in it && 'path' in it && 'returns' in it

/** The whole product with the six, and one of each thing an endpoint may be about. */
export async function walkWorld() {
  const sinew = await freshSinew({ modules })
  const river = await startRiver({ engine: sinew.engine, url: sinew.url, modules, log: pino({ level: 'silent' }), works: false })
  serveEvents(sinew.app, { db: sinew.db, live: river.live, sources: river.sources, whoIs: sinew.who })
  const world = await buildWorld(sinew)
  const mailer = await integration(sinew, ['mail'])
  const as = world.administrator.as
  const post = async (path: string, body: object) => (await sinew.call('POST', path, { as, body })).body
  const mailIn = (raw: string) =>
    sinew.app.inject({
      method: 'POST',
      url: '/api/v1/inbound/email',
      headers: {
        host: 'localhost:3000',
        'content-type': 'message/rfc822',
        ...('key' in mailer.as && { authorization: `Bearer ${mailer.as.key}` }),
      },
      payload: raw,
    })
  const received = (await mailIn(letter)).json()
  await mailIn('')
  await mailIn(' ')
  const [quarantined, another] = (await sinew.call('GET', '/quarantine', { as })).body.items
  const things = {
    conversation: received.conversation.id as string,
    message: received.message.id as string,
    attachment: received.message.attachments[0].id as string,
    quarantined: quarantined.id as string,
    retried: another.id as string,
    channel: (await post('/channels', { name: 'Support', address: 'support@harbour.example' })).id as string,
    invitation: (await post('/invitations', { email: 'new@people.example', roles: ['responder'] })).id as string,
    apiKey: (await post('/api-keys', { name: 'Old', scopes: ['read'] })).id as string,
    organisation: (await post('/organisations', { name: 'Gone', kind: 'supplier' })).id as string,
    team: (await post('/teams', { name: 'Night' })).id as string,
    session: (await sinew.call('GET', '/me/sessions', { as })).body.items[0].id as string,
    reply: '',
    customer: '',
    nobody: newId(),
  }
  things.reply = (await post(`/conversations/${things.conversation}/messages`, { kind: 'reply', text: 'We come on Monday.' })).id
  const conversation = await sinew.call('GET', `/conversations/${things.conversation}`, { as })
  things.customer = conversation.body.customer.id
  const close = async () => {
    await river.stop()
    await sinew.close()
  }
  return { sinew, world, things, mailer, close }
}

export type Walk = Awaited<ReturnType<typeof walkWorld>>

const letter = [
  'From: Cara Client <cara@client.example>',
  'To: support@harbour.example',
  'Cc: Dan <dan@client.example>',
  'Subject: The gauge is stuck',
  'Message-ID: <one@client.example>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain',
  '',
  'It has shown zero since Monday.',
  '--b',
  'Content-Type: text/plain; name=reading.txt',
  'Content-Disposition: attachment; filename=reading.txt',
  '',
  '0',
  '--b--',
  '',
].join('\r\n')
