import { afterAll, beforeAll, expect, test } from 'vitest'
import { replyAddress } from '../../domain/channels/index.ts'
import { receiveEmail } from '../../domain/conversations/mail/receive.ts'
import type { MailProof } from '../../kernel/instance.ts'
import { stepsOf } from '../../kernel/transact.ts'
import { countOf, freshPost, mail, post, runJob } from '../support/mail.ts'
import { buildWorld, type World } from '../support/people.ts'
import { type Sinew, system } from '../support/sinew.ts'

let sinew: Sinew
let as: { key: string }
let world: World
beforeAll(async () => {
  const fresh = await freshPost()
  sinew = fresh.sinew
  as = fresh.as
  world = await buildWorld(sinew)
  const make = (address: string, team: string | null) =>
    sinew.call('POST', '/channels', { as: world.administrator.as, body: { name: address, address, team } })
  await make('help@larkspur.example', null)
  await make('payroll@larkspur.example', world.teams.private)
})
afterAll(() => sinew.close())

const send = async (raw: string) => (await post(sinew, as, raw)).body
const started = async (id: string, more: Parameters<typeof mail>[0] = {}) => (await send(mail({ id, ...more }))).conversation?.id ?? ''
const conversation = async (id: string) => (await sinew.call('GET', `/conversations/${id}`, { as })).body
const messagesOf = async (id: string) =>
  (await sinew.call('GET', `/conversations/${id}/timeline`, { as })).body.items.filter((it: { type: string }) => it.type === 'message')
const stranger = 'Mallory <mallory@elsewhere.example>'

test('a reply address we signed leads to its conversation, whatever the headers say', async () => {
  const id = await started('signed@juniper.example')
  const other = await started('other@juniper.example')
  const to = replyAddress({ base: 'help@larkspur.example', conversationId: id, secret: 'reply-key' })
  const answer = await send(mail({ to, inReplyTo: 'other@juniper.example' }))
  expect(answer).toMatchObject({ outcome: 'appended', conversation: { id } })
  expect(other).not.toBe(id)
})

test('a reply address signed by somebody else leads nowhere', async () => {
  const id = await started('forged@juniper.example')
  const to = replyAddress({ base: 'help@larkspur.example', conversationId: id, secret: 'a guess' })
  expect(await send(mail({ to }))).toMatchObject({ outcome: 'started' })
})

test('References lead home when In-Reply-To is missing or unknown', async () => {
  const id = await started('refs@juniper.example')
  const byReferences = await send(mail({ references: ['refs@juniper.example', 'never-seen@x.example'] }))
  const afterwards = await send(mail({ inReplyTo: 'also-missing@x.example', references: ['never-seen@x.example'] }))
  expect([byReferences.conversation?.id, afterwards.conversation?.id]).toEqual([id, id])
})

test('a parent that arrives after its answer joins it', async () => {
  const id = await started('answer@juniper.example', { inReplyTo: 'late-parent@juniper.example' })
  expect(await send(mail({ id: 'late-parent@juniper.example' }))).toMatchObject({ outcome: 'appended', conversation: { id } })
})

test('two halves of a thread become one when the mail between them arrives', async () => {
  const early = await started('one@juniper.example', { subject: 'Halves' })
  const late = await started('three@juniper.example', { inReplyTo: 'two@juniper.example', subject: 'Re: Halves' })
  expect(late).not.toBe(early)
  await send(mail({ id: 'two@juniper.example', inReplyTo: 'one@juniper.example' }))
  expect(await messagesOf(early)).toHaveLength(3)
  expect((await conversation(late)).mergedInto).toBe(early)
  expect(await send(mail({ inReplyTo: 'three@juniper.example' }))).toMatchObject({ conversation: { id: early } })
})

test('ids in a header that a sender has no part in join nothing', async () => {
  const elenas = await started('elenas@juniper.example')
  const theirs = await started('theirs@elsewhere.example', { from: stranger })
  await send(mail({ from: stranger, inReplyTo: 'theirs@elsewhere.example', references: ['elenas@juniper.example'] }))
  expect((await conversation(elenas)).mergedInto).toBe(null)
  expect((await conversation(theirs)).mergedInto).toBe(null)
  expect(await messagesOf(elenas)).toHaveLength(1)
})

const writtenLater = (raw: string) => raw.replace(/^Date: .*$/m, `Date: ${new Date(sinew.now().getTime() + 60_000).toUTCString()}`)

test('a mail that was only late finds what was waiting for it, as a stranger where nobody names its sender', async () => {
  const early = await started('answer@elsewhere.example', { from: stranger, references: ['late@juniper.example'] })
  const late = await send(mail({ id: 'late@juniper.example' }))
  expect(late).toMatchObject({ outcome: 'appended', reason: 'stranger', conversation: { id: early } })
})

test('nobody lays a snare with the id of a mail that is still to come', async () => {
  const snare = await started('snare@elsewhere.example', { from: stranger, references: ['to-come@juniper.example'] })
  const genuine = await send(writtenLater(mail({ id: 'to-come@juniper.example' })))
  expect(genuine).toMatchObject({ outcome: 'started' })
  expect(genuine.conversation?.id).not.toBe(snare)
  expect(await send(mail({ inReplyTo: 'to-come@juniper.example' }))).toMatchObject({ conversation: { id: genuine.conversation?.id } })
  expect(await messagesOf(snare)).toHaveLength(1)
})

test('nor with the id of a mail that others never sent us', async () => {
  const snare = await started('lure@elsewhere.example', { from: stranger, references: ['unseen@third.example'] })
  const genuine = await send(writtenLater(mail({ references: ['unseen@third.example'] })))
  expect(genuine).toMatchObject({ outcome: 'started' })
  expect(genuine.conversation?.id).not.toBe(snare)
})

test('the halves of one customer find each other by a mail that never came', async () => {
  const id = await started('half-one@juniper.example', { references: ['lost@third.example'] })
  expect(await send(mail({ references: ['lost@third.example'] }))).toMatchObject({ outcome: 'appended', conversation: { id } })
})

test('what waited for a mail follows it as in order: strangers to where it belongs stay strangers', async () => {
  const home = await started('root@juniper.example')
  const waiting = await started('late@elsewhere.example', { from: stranger, inReplyTo: 'between@third.example' })
  const between = await send(mail({ id: 'between@third.example', from: 'third@third.example', inReplyTo: 'root@juniper.example' }))
  expect(between).toMatchObject({ outcome: 'appended', reason: 'stranger', conversation: { id: home } })
  expect((await conversation(waiting)).mergedInto).toBe(home)
  const voices = (await messagesOf(home)).map((it: { author: { kind: string }; marks: string[] }) => [it.author.kind, it.marks])
  expect(voices).toEqual([
    ['customer', []],
    ['stranger', ['stranger']],
    ['stranger', ['stranger']],
  ])
  const { participants, customer } = await conversation(home)
  expect(participants.filter((it: { admitted: boolean }) => it.admitted).map((it: { address: string }) => it.address)).not.toContain(
    'mallory@elsewhere.example',
  )
  expect(customer.address).toBe('elena@juniper.example')
})

test('what a private team has does not flow to where others see it', async () => {
  const open = await started('open-half@juniper.example')
  const secret = await started('secret-half@juniper.example', { to: 'payroll@larkspur.example', inReplyTo: 'bridge@juniper.example' })
  await send(mail({ id: 'bridge@juniper.example', inReplyTo: 'open-half@juniper.example' }))
  expect(await messagesOf(secret)).toHaveLength(1)
  expect((await conversation(open)).mergedInto).toBe(null)
})

test('the number in a subject leads home for those who take part, and for nobody else', async () => {
  const id = await started('token@juniper.example')
  const { number } = await conversation(id)
  const mine = await send(mail({ subject: `Re: The kettle [#${number}]` }))
  const guessed = await send(mail({ subject: `Re: The kettle [#${number}]`, from: stranger }))
  expect(mine).toMatchObject({ outcome: 'appended', conversation: { id } })
  expect(guessed).toMatchObject({ outcome: 'started' })
})

test('a number and a forged sender together are marked until the sender is proven, and name nobody', async () => {
  const id = await started('forged-token@juniper.example')
  const { number } = await conversation(id)
  const typed = (found: Partial<MailProof>) => {
    sinew.engine.instance.authenticateMail = async () => ({ spf: 'none', dkim: 'none', dmarc: 'none', aligned: false, ...found })
    return send(mail({ subject: `Re: The kettle [#${number}]`, cc: 'eve@elsewhere.example', headers: ['DKIM-Signature: v=1'] }))
  }
  const marks = async () => (await messagesOf(id)).at(-1)?.marks
  expect(await typed({})).toMatchObject({ outcome: 'appended', reason: 'unproven_sender', conversation: { id } })
  expect(JSON.stringify((await conversation(id)).participants)).not.toContain('eve@')
  await runJob(sinew, 'conversations.authenticate')
  expect(await marks()).toEqual(['unproven_sender'])
  await typed({ dmarc: 'pass' })
  expect(await marks()).toEqual(['unproven_sender'])
  await runJob(sinew, 'conversations.authenticate')
  expect(await marks()).toEqual([])
})

test('who takes part is marked when the checks say that somebody else sent it', async () => {
  const id = await started('spoofed@juniper.example')
  sinew.engine.instance.authenticateMail = async () => ({ spf: 'fail', dkim: 'none', dmarc: 'fail', aligned: false })
  const raw = Buffer.from(mail({ inReplyTo: 'spoofed@juniper.example' }))
  const arrival = { raw, via: 'smtp', envelopeFrom: 'elena@juniper.example', envelopeTo: [], remoteAddress: '203.0.113.9' } as const
  await receiveEmail(stepsOf(sinew.engine, system), arrival)
  expect((await messagesOf(id)).at(-1)?.marks).toEqual([])
  await runJob(sinew, 'conversations.authenticate')
  expect((await messagesOf(id)).at(-1)).toMatchObject({ marks: ['unproven_sender'], authentication: { dmarc: 'fail' } })
})

test('a stranger in a thread is marked, and takes part only once a person says so', async () => {
  const id = await started('strange@juniper.example')
  const reply = () => send(mail({ from: stranger, inReplyTo: 'strange@juniper.example', cc: 'eve@elsewhere.example' }))
  expect(await reply()).toMatchObject({ outcome: 'appended', reason: 'stranger', conversation: { id } })
  expect((await messagesOf(id)).at(-1)).toMatchObject({ author: { kind: 'stranger', id: null }, marks: ['stranger'] })
  const before = (await conversation(id)).participants
  expect(before).toContainEqual({ address: 'mallory@elsewhere.example', name: 'Mallory', admitted: false, customerId: null })
  expect(JSON.stringify(before)).not.toContain('eve@')
  const admitted = await sinew.call('PUT', `/conversations/${id}/participants/Mallory@elsewhere.example`, { as: world.responder.as })
  expect(admitted).toMatchObject({ status: 200 })
  expect((await reply()).reason).toBe(undefined)
  expect((await messagesOf(id)).at(-1)).toMatchObject({ author: { kind: 'customer' }, marks: [] })
})

test("a colleague's address in From is never trusted, in a thread or out of it", async () => {
  const from = `Rui Open <${world.responder.email}>`
  const id = await started('forged-from@juniper.example', { cc: world.responder.email })
  const reply = await send(mail({ from, inReplyTo: 'forged-from@juniper.example' }))
  expect(reply).toMatchObject({ outcome: 'appended', reason: 'unproven_colleague' })
  expect((await messagesOf(id)).at(-1)).toMatchObject({ direction: 'in', author: { kind: 'stranger', id: null } })
  const fresh = await send(mail({ from }))
  expect(fresh).toMatchObject({ outcome: 'started', reason: 'unproven_colleague' })
  expect((await messagesOf(fresh.conversation?.id ?? '')).at(-1)?.author.kind).not.toBe('person')
})

test("our own channel's address in From proves nothing either", async () => {
  const id = await started('channel-from@juniper.example')
  const reply = await send(mail({ from: 'Support <help@larkspur.example>', inReplyTo: 'channel-from@juniper.example' }))
  expect(reply).toMatchObject({ outcome: 'appended', reason: 'unproven_colleague', conversation: { id } })
})

test('an imported thread opens no door: a stranger who answers into it is one', async () => {
  await sinew.pool.query('update conversations set historic = true where id = $1', [await started('old@juniper.example')])
  expect(await send(mail({ from: stranger, inReplyTo: 'old@juniper.example' }))).toMatchObject({ outcome: 'appended', reason: 'stranger' })
})

const machines = [
  ['vacation', { subject: 'Automatic reply: The kettle drips', headers: ['Auto-Submitted: auto-replied'] }],
  ['auto_reply', { subject: 'Thank you for your mail', headers: ['Auto-Submitted: auto-replied'] }],
  ['bounce', { from: 'MAILER-DAEMON@mx.example', subject: 'Undelivered Mail Returned to Sender' }],
] as const

test.each(machines)('%s is kept in its thread and wakes nothing', async (kind, more) => {
  const id = await started(`woke-${kind}@juniper.example`)
  await sinew.call('PUT', `/conversations/${id}/seen`, { as: world.responder.as })
  await sinew.call('PATCH', `/conversations/${id}`, { as, body: { status: 'closed' } })
  sinew.pass(1000)
  const answer = await send(
    mail({ ...more, headers: 'headers' in more ? [...more.headers] : [], inReplyTo: `woke-${kind}@juniper.example` }),
  )
  expect(answer).toMatchObject({ outcome: 'suppressed', reason: kind, conversation: { id, status: 'closed' } })
  const shown = (await sinew.call('GET', `/conversations/${id}`, { as: world.responder.as })).body
  expect(shown).toMatchObject({ status: 'closed', unread: false })
  expect(await messagesOf(id)).toHaveLength(2)
})

test('mail that we ourselves sent, coming back, is a loop', async () => {
  const answer = await send(mail({ headers: ['X-Sinew-Instance: test'] }))
  expect(answer).toMatchObject({ outcome: 'suppressed', reason: 'loop', conversation: { status: 'closed' } })
})

test('a machine without any sign that repeats itself fills one conversation, and is heard again later', async () => {
  const robot = () => send(mail({ from: 'robot@loop.example', subject: 'Unable to process your update', text: 'The same words.' }))
  const before = await countOf(sinew, 'conversations')
  const answers = []
  for (let n = 0; n < 30; n++) answers.push(await robot())
  expect(answers.filter((it) => it.outcome === 'started')).toHaveLength(5)
  expect(answers.at(-1)).toMatchObject({ outcome: 'suppressed', reason: 'rate' })
  expect(await countOf(sinew, 'conversations')).toBe(before + 5)
  expect(await countOf(sinew, 'inbound_messages', "sender = 'robot@loop.example'")).toBe(30)
  sinew.pass(11 * 60_000)
  expect((await robot()).outcome).toBe('started')
})

test('two programs that answer each other in one thread soon raise nothing any more', async () => {
  await started('pong@juniper.example')
  const pong = () =>
    send(mail({ from: 'elena@juniper.example', inReplyTo: 'pong@juniper.example', text: 'Thank you, we will look at it.' }))
  const answers = []
  for (let n = 0; n < 8; n++) answers.push(await pong())
  expect(answers.map((it) => it.outcome)).toEqual([...Array(5).fill('appended'), ...Array(3).fill('suppressed')])
})

test('mails of one thread that arrive at the same moment are one conversation', async () => {
  const ids = Array.from({ length: 8 }, (_, n) => `together${n}@juniper.example`)
  const answers = await Promise.all(ids.map((id, n) => send(mail({ id, references: ids.slice(0, n) }))))
  const homes = new Set(
    await Promise.all(answers.map(async (it) => (await conversation(it.conversation?.id ?? '')).mergedInto ?? it.conversation?.id)),
  )
  expect(homes.size).toBe(1)
})
