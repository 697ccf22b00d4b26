import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepRaw } from '../../domain/channels/index.ts'
import { retryInbound } from '../../domain/conversations/mail/receive.ts'
import type { Context } from '../../kernel/context.ts'
import { type Steps, stepsOf } from '../../kernel/transact.ts'
import { countOf, download, freshPost, mail, post, runJob } from '../support/mail.ts'
import { buildWorld, type Somebody } from '../support/people.ts'
import { type Sinew, system } from '../support/sinew.ts'

let sinew: Sinew
let as: { key: string }
beforeEach(async () => {
  const fresh = await freshPost()
  sinew = fresh.sinew
  as = fresh.as
})
afterEach(() => sinew.close())

const minute = 60_000
const broken = () => sinew.pool.query('alter table messages rename column text to words')
const mended = () => sinew.pool.query('alter table messages rename column words to text')
const quarantine = async () => (await sinew.call('GET', '/quarantine', { as })).body.items

test('what fails after a mail was kept is tried again, and then it is there once', async () => {
  await broken()
  const answer = await post(sinew, as, mail({ subject: 'In bad times' }))
  expect(answer).toMatchObject({ status: 201, body: { outcome: 'quarantined', reason: 'failed' } })
  expect(await countOf(sinew, 'inbound_messages', "state = 'unprocessed'")).toBe(1)
  await mended()
  expect(await runJob(sinew, 'conversations.retry_mail')).toBe(0)
  sinew.pass(2 * minute)
  expect(await runJob(sinew, 'conversations.retry_mail')).toBe(1)
  expect((await sinew.call('GET', '/conversations', { as })).body.items).toMatchObject([{ subject: 'In bad times', unread: true }])
  expect(await quarantine()).toEqual([])
})

test('what fails again and again is shown to a person, who can look, retry and delete', async () => {
  await broken()
  const raw = mail({ subject: 'Stubborn' })
  await post(sinew, as, raw)
  await post(sinew, as, mail({ subject: 'Stubborn too' }))
  for (let n = 0; n < 4; n++) {
    sinew.pass(30 * minute)
    expect(await runJob(sinew, 'conversations.retry_mail')).toBe(2)
  }
  expect(await runJob(sinew, 'conversations.retry_mail')).toBe(0)
  const [second, first] = await quarantine()
  expect(first).toMatchObject({ subject: 'Stubborn', attempts: 5, can: ['quarantine.resolve'] })
  expect((await download(sinew, as, `/quarantine/${first.id}/source`)).bytes.toString()).toBe(raw)
  expect((await sinew.call('POST', `/quarantine/${first.id}/retry`, { as })).body).toMatchObject({
    outcome: 'quarantined',
    reason: 'failed',
  })

  await mended()
  const retried = await sinew.call('POST', `/quarantine/${first.id}/retry`, { as })
  expect(retried.body).toMatchObject({ outcome: 'started', message: { subject: 'Stubborn' } })
  expect((await sinew.call('POST', `/quarantine/${first.id}/retry`, { as })).status).toBe(409)
  expect((await sinew.call('DELETE', `/quarantine/${second.id}`, { as })).status).toBe(204)
  expect(await quarantine()).toEqual([])
  expect(await countOf(sinew, 'messages')).toBe(1)
  expect(await countOf(sinew, 'event_log', "name in ('mail.released', 'mail.deleted')")).toBe(2)
})

test('what was deleted from quarantine goes the same way when it comes again', async () => {
  await post(sinew, as, 'no mail at all')
  const [it] = await quarantine()
  await sinew.call('DELETE', `/quarantine/${it.id}`, { as })
  expect((await post(sinew, as, 'no mail at all')).body).toEqual({ outcome: 'suppressed', reason: 'deleted' })
  expect(await quarantine()).toEqual([])
  expect(await countOf(sinew, 'inbound_messages')).toBe(0)
  expect(await countOf(sinew, 'files')).toBe(0)
})

test('killed between keeping a mail and recording it, the next start records it', async () => {
  const arrival = { raw: Buffer.from(mail({ subject: 'Half done' })), via: 'smtp', envelopeFrom: null, envelopeTo: [] } as const
  await sinew.act((ctx) => keepRaw(ctx, arrival))
  sinew.pass(2 * minute)
  await runJob(sinew, 'conversations.retry_mail')
  expect((await sinew.call('GET', '/conversations', { as })).body.items).toMatchObject([{ subject: 'Half done' }])
})

test('however many take up a mail at once, it is recorded once', async () => {
  const arrival = { raw: Buffer.from(mail()), via: 'api', envelopeFrom: null, envelopeTo: [] } as const
  const { id } = await sinew.act((ctx) => keepRaw(ctx, arrival))
  const steps = stepsOf(sinew.engine, system)
  const answers = await Promise.all(Array.from({ length: 5 }, () => retryInbound(steps, id)))
  expect(new Set(answers.map((it) => it.body.message?.id)).size).toBe(1)
  expect(answers.map((it) => it.body.outcome)).toEqual(Array(5).fill('started'))
  expect(await countOf(sinew, 'messages')).toBe(1)
})

test("a mail that kills whoever reads it is read five times, then it is a person's turn", async () => {
  const arrival = { raw: Buffer.from(mail({ subject: 'Poison' })), via: 'smtp', envelopeFrom: null, envelopeTo: [] } as const
  const { id } = await sinew.act((ctx) => keepRaw(ctx, arrival))
  // Whoever takes it up dies after the first thing they wrote down: nothing is heard of them any more.
  const dying = () => {
    let steps = 0
    const alive = stepsOf(sinew.engine, system)
    const transact = <T>(work: (ctx: Context) => Promise<T>) => (++steps === 1 ? alive.transact(work) : new Promise<T>(() => undefined))
    return { ...alive, transact } as Steps
  }
  for (let n = 0; n < 4; n++) {
    sinew.pass(30 * minute)
    const steps = dying()
    void retryInbound(steps, id)
    await expect.poll(() => countOf(sinew, 'inbound_messages', `attempts = ${n + 2}`)).toBe(1)
  }
  sinew.pass(30 * minute)
  await runJob(sinew, 'conversations.retry_mail')
  const [it] = await quarantine()
  expect(it).toMatchObject({ attempts: 5, reason: 'Reading this mail failed again and again.' })
  expect(await countOf(sinew, 'messages')).toBe(0)
  expect((await sinew.call('POST', `/quarantine/${it.id}/retry`, { as })).body).toMatchObject({ outcome: 'started' })
})

test('when even the failure cannot be noted, the mail is due again by itself', async () => {
  await sinew.pool.query('alter table inbound_messages rename column failure to trouble')
  expect(await post(sinew, as, mail())).toMatchObject({ status: 201, body: { outcome: 'quarantined', reason: 'failed' } })
  await sinew.pool.query('alter table inbound_messages rename column trouble to failure')
  sinew.pass(2 * minute)
  await runJob(sinew, 'conversations.retry_mail')
  expect(await countOf(sinew, 'messages')).toBe(1)
})

test('mail whose bytes are gone from the disk ends in quarantine instead of being tried for ever', async () => {
  await broken()
  await post(sinew, as, mail({ text: 'x'.repeat(100_000) }))
  await mended()
  const { rows } = await sinew.pool.query('select raw_file from inbound_messages')
  await sinew.engine.instance.files.remove(rows[0].raw_file)
  for (let n = 0; n < 5; n++) {
    sinew.pass(30 * minute)
    await runJob(sinew, 'conversations.retry_mail')
  }
  expect(await quarantine()).toHaveLength(1)
})

test('quarantine is for the house: nobody outside it looks, retries or deletes', async () => {
  const { partner, responder } = await buildWorld(sinew)
  await post(sinew, as, 'no mail')
  const [it] = await quarantine()
  for (const [method, path] of [
    ['GET', '/quarantine'],
    ['GET', `/quarantine/${it.id}/source`],
    ['POST', `/quarantine/${it.id}/retry`],
    ['DELETE', `/quarantine/${it.id}`],
  ] as const) {
    expect((await sinew.call(method, path, { as: partner.as })).status).toBe(403)
  }
  expect((await sinew.call('GET', '/quarantine', { as: responder.as })).body.items).toHaveLength(1)
})

test('mail for a private team lies in quarantine for that team and administrators alone', async () => {
  const { administrator, member, responder, teams } = await buildWorld(sinew)
  for (const [address, team] of [
    ['payroll@larkspur.example', teams.private],
    ['help@larkspur.example', teams.open],
  ] as const)
    await sinew.call('POST', '/channels', { as: administrator.as, body: { name: address, address, team } })
  await post(sinew, as, 'no mail', '?envelopeTo=help@larkspur.example')
  await post(sinew, as, 'no mail either', '?envelopeTo=Payroll%2Bmay@larkspur.example')
  const seenBy = async (who: Somebody) =>
    (await sinew.call('GET', '/quarantine', { as: who.as })).body.items.map((it: { envelopeTo: string[] }) => it.envelopeTo[0]?.[0])
  expect(await seenBy(responder)).toEqual(['h'])
  expect(await seenBy(member)).toEqual(['P', 'h'])
  expect(await seenBy(administrator)).toEqual(['P', 'h'])
  const [secret] = await quarantine()
  for (const [method, path] of [
    ['GET', `/quarantine/${secret.id}/source`],
    ['POST', `/quarantine/${secret.id}/retry`],
    ['DELETE', `/quarantine/${secret.id}`],
  ] as const) {
    expect((await sinew.call(method, path, { as: responder.as })).status).toBe(404)
  }
  expect((await download(sinew, member.as, `/quarantine/${secret.id}/source`)).bytes.toString()).toBe('no mail either')
  expect((await sinew.call('DELETE', `/quarantine/${secret.id}`, { as: member.as })).status).toBe(204)
})

test('only what lies in quarantine can be retried or deleted there', async () => {
  const { responder } = await buildWorld(sinew)
  await post(sinew, as, mail())
  const { rows } = await sinew.pool.query('select id from inbound_messages')
  expect((await sinew.call('POST', `/quarantine/${rows[0].id}/retry`, { as: responder.as })).status).toBe(409)
  expect((await sinew.call('DELETE', `/quarantine/${rows[0].id}`, { as: responder.as })).status).toBe(409)
  expect((await sinew.call('GET', `/quarantine/${rows[0].id}/source`, { as: responder.as })).status).toBe(404)
})
