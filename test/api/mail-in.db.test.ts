import { afterAll, beforeAll, expect, test } from 'vitest'
import { countOf, download, freshPost, mail, mailOf, post } from '../support/mail.ts'
import { integration } from '../support/people.ts'
import type { Sinew } from '../support/sinew.ts'

let sinew: Sinew
let as: { key: string }
beforeAll(async () => {
  const fresh = await freshPost()
  sinew = fresh.sinew
  as = fresh.as
})
afterAll(() => sinew.close())

const send = (raw: string | Uint8Array, query?: string) => post(sinew, as, raw, query)
const get = (path: string) => sinew.call('GET', path, { as })
const lastMessage = async (conversationId = '') =>
  (await get(`/conversations/${conversationId}/timeline`)).body.items.findLast((it: { type: string }) => it.type === 'message')

test('a mail starts a conversation with its sender, subject and words', async () => {
  const { status, body } = await send(mail({ subject: 'A first one', text: 'Good morning' }))
  expect(status).toBe(201)
  expect(body).toMatchObject({
    outcome: 'started',
    conversation: { subject: 'A first one', status: 'open' },
    message: { from: { address: 'elena@juniper.example', name: 'Elena Marchetti' }, subject: 'A first one', replyText: 'Good morning' },
  })
  const shown = (await get(`/conversations/${body.conversation?.id}`)).body
  expect(shown).toMatchObject({ unread: true, lastMessage: { snippet: 'Good morning', direction: 'in', from: 'Elena Marchetti' } })
  expect(await lastMessage(body.conversation?.id)).toMatchObject({ id: body.message?.id, hasSource: true, author: { kind: 'customer' } })
})

test('an answer lands in the conversation and brings it back when it was closed', async () => {
  const first = (await send(mail({ id: 'closed@juniper.example' }))).body
  const path = `/conversations/${first.conversation?.id}`
  await sinew.call('PATCH', path, { as, body: { status: 'closed' } })
  const answer = await send(mail({ inReplyTo: 'closed@juniper.example', text: 'It still drips' }))
  expect(answer.body).toMatchObject({ outcome: 'appended', conversation: { id: first.conversation?.id, status: 'open' } })
})

test('every recipient is kept, To and Cc alike', async () => {
  const to = 'help@larkspur.example, Bo <bo@juniper.example>, "Carr, Di" <di@juniper.example>'
  const { body } = await send(mail({ to, cc: 'ed@juniper.example, Fay <fay@other.example>' }))
  expect(body.message?.to.map((it) => it.address)).toEqual(['help@larkspur.example', 'bo@juniper.example', 'di@juniper.example'])
  expect(body.message?.cc).toEqual([
    { address: 'ed@juniper.example', name: '' },
    { address: 'fay@other.example', name: 'Fay' },
  ])
  const { participants } = (await get(`/conversations/${body.conversation?.id}`)).body
  const admitted = participants.filter((it: { admitted: boolean }) => it.admitted).map((it: { address: string }) => it.address)
  expect(admitted).toEqual(
    expect.arrayContaining(['elena@juniper.example', 'bo@juniper.example', 'ed@juniper.example', 'fay@other.example']),
  )
})

test('our own addresses take part in nothing: mail to all would come back to us', async () => {
  const { body } = await send(mail({ to: 'help@larkspur.example, bo@juniper.example' }), '?envelopeTo=help@larkspur.example')
  const { participants } = (await get(`/conversations/${body.conversation?.id}`)).body
  expect(participants.map((it: { address: string }) => it.address)).toEqual(['bo@juniper.example', 'elena@juniper.example'])
})

test('the same mail handed in twice is there once, and the first result is answered with 200', async () => {
  const raw = mail({ id: 'twice@juniper.example' })
  const first = await send(raw)
  const second = await send(raw)
  expect([first.status, second.status]).toEqual([201, 200])
  expect(second.body.outcome).toBe(first.body.outcome)
  expect(second.body.message).toEqual(first.body.message)
  expect(second.body.conversation).toEqual(first.body.conversation)
  expect(await countOf(sinew, 'messages', "mail_id = 'twice@juniper.example'")).toBe(1)
})

test('the same mail by another way, with other line ends and another header, is the same mail', async () => {
  const raw = mail({ id: 'ways@juniper.example', text: 'One\n\nTwo' })
  await send(raw)
  const { status } = await send(`Received: by mx.example\n${raw.replaceAll('\r\n', '\n').trimEnd()}`)
  expect(status).toBe(200)
})

test('ten copies at the same moment are one message', async () => {
  const raw = mail({ id: 'flood@juniper.example' })
  const answers = await Promise.all(Array.from({ length: 10 }, () => send(raw)))
  expect(answers.map((it) => it.status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 200, 201])
  expect(new Set(answers.map((it) => it.body.message?.id)).size).toBe(1)
})

test('a Message-ID used again for other words is a new mail, marked, in a conversation of its own', async () => {
  const first = await send(mail({ id: 'scanner@juniper.example', subject: 'Scan 1', text: 'Page one' }))
  const second = await send(mail({ id: 'scanner@juniper.example', subject: 'Scan 2', text: 'Page two' }))
  expect(second).toMatchObject({ status: 201, body: { outcome: 'started', reason: 'reused_message_id' } })
  expect(second.body.conversation?.id).not.toBe(first.body.conversation?.id)
  expect((await lastMessage(second.body.conversation?.id)).marks).toEqual(['reused_message_id'])
})

test('without a Message-ID the same bytes are one mail and other bytes another', async () => {
  const raw = mail({ id: null, text: 'No id at all' })
  const [first, again, other] = [await send(raw), await send(raw), await send(raw.replace('No id', 'Not an id'))]
  expect([first.status, again.status, other.status]).toEqual([201, 200, 201])
  expect(again.body.message?.id).toBe(first.body.message?.id)
  expect(other.body.message?.id).not.toBe(first.body.message?.id)
})

test('a mail from nobody is taken, and nobody is its customer', async () => {
  const { body } = await send(mail({ from: null }))
  expect(body).toMatchObject({ outcome: 'started', message: { from: null } })
  expect((await get(`/conversations/${body.conversation?.id}`)).body.customer).toBe(null)
})

test('NUL bytes, an address of five thousand letters and a charset that lies are mail like any other', async () => {
  const long = `${'x'.repeat(5000)}@juniper.example`
  const nul = await send(mail({ subject: 'A\0B', text: 'One\0Two' }))
  const far = await send(mail({ from: `Far <${long}>`, cc: long }))
  const lies = await send(mailOf([{ headers: ['Content-Type: text/plain; charset=windows-1258'], body: 'Gr\u00fc\u00dfe' }]))
  expect([nul, far, lies].map((it) => it.body.outcome)).toEqual(['started', 'started', 'started'])
  expect(nul.body.message?.text).toContain('OneTwo')
})

test('nothing, and what is no mail, lies in quarantine once, however often it comes', async () => {
  const before = await countOf(sinew, 'inbound_messages', "state = 'quarantined'")
  const answers = [await send(''), await send(''), await send('\u0001\u0002 no mail'), await send('\u0001\u0002 no mail')]
  expect(answers.map((it) => [it.status, it.body.outcome])).toEqual([
    [201, 'quarantined'],
    [200, 'quarantined'],
    [201, 'quarantined'],
    [200, 'quarantined'],
  ])
  expect(await countOf(sinew, 'inbound_messages', "state = 'quarantined'")).toBe(before + 2)
})

test('the source is the very bytes that were sent', async () => {
  const raw = Buffer.from(`${mail({ text: 'Bytes' })}\r\n\xff\xfe\x80 odd`, 'latin1')
  const { body } = await send(raw)
  const source = await download(sinew, as, `/messages/${body.message?.id}/source`)
  expect(source.bytes.equals(raw)).toBe(true)
  expect(source.headers['content-type']).toMatch(/^text\/plain/)
  expect(source.headers['content-security-policy']).toContain('sandbox')
})

test('a key that hands mail in reads none of it back', async () => {
  const { as: mailer } = await integration(sinew, ['mail'])
  const { body } = await post(sinew, mailer as { key: string }, mail())
  expect((await download(sinew, mailer, `/messages/${body.message?.id}/source`)).status).toBe(403)
})

const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')
const image = (disposition: string) => ({
  headers: ['Content-Type: image/png; name=drip.png', `Content-Disposition: ${disposition}; filename=drip.png`, 'Content-ID: <drip@x>'],
  body: pixel,
})

test('the same file in two mails is kept once', async () => {
  const before = await countOf(sinew, 'files')
  await send(mailOf([image('attachment')]))
  await send(mailOf([image('attachment')]))
  expect(await countOf(sinew, 'files')).toBe(before + 3)
})

test('an image in the words is served from us, safely; a page that came along is only a download', async () => {
  const { body } = await send(
    mailOf([
      { headers: ['Content-Type: text/html'], body: '<p>See</p><img src="cid:drip@x"><img src="https://spy.example/x.gif">' },
      image('inline'),
      {
        headers: ['Content-Type: text/html; name=evil.html', 'Content-Disposition: attachment; filename=evil.html'],
        body: '<script>1</script>',
      },
    ]),
  )
  const [shown, page] = body.message?.attachments ?? []
  expect(body.message?.html).toContain(`/api/v1/attachments/${shown?.id}`)
  expect(body.message?.html).not.toContain(' src="https://spy.example')
  expect(await lastMessage(body.conversation?.id)).toMatchObject({ remoteImages: 1 })
  const served = await download(sinew, as, `/attachments/${shown?.id}`)
  expect(served.bytes.equals(pixel)).toBe(true)
  expect(served.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' })
  const kept = await download(sinew, as, `/attachments/${page?.id}`)
  expect(kept.headers['content-type']).toBe('application/octet-stream')
  expect(kept.headers['content-disposition']).toMatch(/^attachment/)
})

test('nothing in a mail runs in a reader', async () => {
  const html =
    '<script>alert(1)</script><p onclick="x()">Hi</p><a href="javascript:x()">a</a><form action="//x"><input></form><iframe src=x>'
  const { body } = await send(mailOf([{ headers: ['Content-Type: text/html'], body: html }]))
  expect(body.message?.html).toContain('Hi')
  expect(body.message?.html).not.toMatch(/script|onclick|javascript|<form|<iframe|<input/i)
})

test('new words are apart from the quoted ones', async () => {
  const text = 'It works now, thank you!\n\nOn Sat, 21 Nov 2026 at 10:00, Ana <help@larkspur.example> wrote:\n> Did you close the lid?\n'
  const { body } = await send(mail({ text }))
  expect(body.message?.replyText).toBe('It works now, thank you!')
  const { quotedText, replyText } = await lastMessage(body.conversation?.id)
  expect(quotedText).toContain('Did you close the lid?')
  expect(replyText).not.toContain('lid')
})

test('fifty mebibytes are taken, one byte more is refused, and the server goes on', { timeout: 60_000 }, async () => {
  const limit = 50 * 1024 * 1024
  const head = Buffer.from(mail({ text: '' }))
  const large = Buffer.concat([head, Buffer.alloc(limit - head.length, 'abcdefghijklmnopqrstuvwxyz0123456789\r\n')])
  const taken = await send(large)
  expect(taken).toMatchObject({ status: 201, body: { outcome: 'started' } })
  const refused = await send(Buffer.concat([large, Buffer.from('x')]))
  expect(refused.status).toBe(413)
  const source = await download(sinew, as, `/messages/${taken.body.message?.id}/source`)
  expect(source.bytes.length).toBe(limit)
})

test('only mail is taken: JSON, text or nothing said about the bytes is refused, not recorded', async () => {
  const before = await countOf(sinew, 'inbound_messages')
  for (const type of ['application/json', 'text/plain', 'application/octet-stream']) {
    const answer = await sinew.app.inject({
      method: 'POST',
      url: '/api/v1/inbound/email',
      headers: { host: 'localhost:3000', authorization: `Bearer ${as.key}`, 'content-type': type },
      payload: '{"a":1}',
    })
    expect([type, answer.statusCode]).toEqual([type, 422])
  }
  expect(await countOf(sinew, 'inbound_messages')).toBe(before)
})

test('a copy sent ahead under another name neither hides the genuine mail nor takes it to the grave', async () => {
  const id = 'awaited@juniper.example'
  const copy = await post(sinew, as, mail({ id, from: 'Eve <eve@evil.example>', subject: 'Cheap watches', text: 'Stop the payment.' }))
  await sinew.call('DELETE', `/conversations/${copy.body.conversation?.id}`, { as })
  const genuine = await post(sinew, as, mail({ id, subject: 'Urgent', text: 'Stop the payment.' }))
  expect(genuine).toMatchObject({ status: 201, body: { outcome: 'started', conversation: { subject: 'Urgent' } } })
})
