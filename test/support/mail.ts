import type { Received } from '../../contract/mail.ts'
import { channels } from '../../domain/channels/index.ts'
import { conversations } from '../../domain/conversations/index.ts'
import { customers } from '../../domain/customers/index.ts'
import { files } from '../../domain/files/index.ts'
import { createApiKey, identity } from '../../domain/identity/index.ts'
import type { Instance } from '../../kernel/instance.ts'
import { stepsOf } from '../../kernel/transact.ts'
import { type Credentials, freshSinew, type Sinew, system } from './sinew.ts'

/** Everything mail goes through. */
export const mailModules = [identity, files, customers, channels, conversations]

/** A Sinew that takes mail, with a key that may do everything. */
export async function freshPost(options: { at?: Date; instance?: Partial<Instance> } = {}) {
  const sinew = await freshSinew({ modules: mailModules, ...options })
  const { key } = await sinew.act((ctx) => createApiKey(ctx, { name: 'post', scopes: ['read', 'write', 'mail', 'import', 'admin'] }))
  return { sinew, as: { key } as { key: string } }
}

export type Answer = { status: number; body: Received }

/** Hands a raw mail in over the API. */
export async function post(sinew: Sinew, as: { key: string }, raw: string | Uint8Array, query = ''): Promise<Answer> {
  const answer = await sinew.app.inject({
    method: 'POST',
    url: `/api/v1/inbound/email${query}`,
    headers: { host: 'localhost:3000', authorization: `Bearer ${as.key}`, 'content-type': 'message/rfc822' },
    payload: Buffer.from(raw),
  })
  return { status: answer.statusCode, body: answer.json() }
}

type Draft = {
  id?: string | null
  from?: string | null
  to?: string
  cc?: string
  subject?: string
  inReplyTo?: string
  references?: readonly string[]
  headers?: readonly string[]
  text?: string
}

let written = 0

/** A plain mail as a program would send it. Ids without brackets; `null` leaves a header out. */
export function mail(draft: Draft = {}): string {
  const n = ++written
  const id = draft.id === undefined ? `m${n}.${process.pid}@juniper.example` : draft.id
  const lines = [
    ...(draft.from === null ? [] : [`From: ${draft.from ?? 'Elena Marchetti <elena@juniper.example>'}`]),
    `To: ${draft.to ?? 'help@larkspur.example'}`,
    ...(draft.cc ? [`Cc: ${draft.cc}`] : []),
    `Subject: ${draft.subject ?? `Kettle ${n} drips`}`,
    'Date: Sat, 21 Nov 2026 10:00:00 +0000',
    ...(id === null ? [] : [`Message-ID: <${id}>`]),
    ...(draft.inReplyTo ? [`In-Reply-To: <${draft.inReplyTo}>`] : []),
    ...(draft.references?.length ? [`References: ${draft.references.map((it) => `<${it}>`).join('\r\n ')}`] : []),
    ...(draft.headers ?? []),
  ]
  return `${lines.join('\r\n')}\r\n\r\n${(draft.text ?? `Hello, it drips. (${n})`).replaceAll('\n', '\r\n')}\r\n`
}

/** A mail of several parts: text, HTML, and files. */
export function mailOf(
  parts: readonly { headers: readonly string[]; body: string | Uint8Array }[],
  headers: readonly string[] = [],
): string {
  const bodies = parts.map(({ headers: own, body }) => {
    const encoded = typeof body === 'string' ? body : Buffer.from(body).toString('base64').replace(/.{76}/g, '$&\r\n')
    return `--b0\r\n${[...own, ...(typeof body === 'string' ? [] : ['Content-Transfer-Encoding: base64'])].join('\r\n')}\r\n\r\n${encoded}\r\n`
  })
  const top = [
    'From: Elena Marchetti <elena@juniper.example>',
    'To: help@larkspur.example',
    'Subject: Parts',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b0',
    ...(headers.some((it) => /^message-id/i.test(it)) ? [] : [`Message-ID: <p${++written}.${process.pid}@juniper.example>`]),
    ...headers,
  ]
  return `${top.join('\r\n')}\r\n\r\n${bodies.join('')}--b0--\r\n`
}

/** Runs a job of the product until nothing is due, as the worker does. Answers how many rows it worked off. */
export async function runJob(sinew: Sinew, name: string): Promise<number> {
  const job = mailModules.flatMap((it) => it.jobs ?? []).find((it) => it.name === name)
  if (!job) throw new Error(`There is no job ${name}.`)
  const steps = stepsOf(sinew.engine, system)
  const ids = await job.due(steps, 1000)
  for (const id of ids) await job.run(steps, id, { number: 1, last: false })
  return ids.length
}

/** How many rows a table has. */
export async function countOf(sinew: Sinew, table: string, where = 'true'): Promise<number> {
  const { rows } = await sinew.pool.query<{ n: number }>(`select count(*)::int as n from ${table} where ${where}`)
  return rows[0]?.n ?? 0
}

/** The bytes behind a path. */
export async function download(sinew: Sinew, as: Credentials, path: string) {
  const answer = await sinew.app.inject({
    method: 'GET',
    url: `/api/v1${path}`,
    headers: { host: 'localhost:3000', ...('key' in as ? { authorization: `Bearer ${as.key}` } : { cookie: as.cookie }) },
  })
  return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload }
}
