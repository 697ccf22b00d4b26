import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readBounce } from './dsn.ts'
import type { Mail } from './mail.ts'
import { parseMail } from './parse.ts'
import { recogniseAutomatic } from './recognise.ts'

async function read(raw: Uint8Array | string): Promise<Mail> {
  const found = await parseMail(typeof raw === 'string' ? Buffer.from(raw) : raw)
  if (!found.ok) throw new Error(found.reason)
  return found.mail
}
const fixture = async (name: string) => read(readFileSync(new URL(`../../../test/fixtures/mail/${name}`, import.meta.url)))
const withHeaders = async (...headers: string[]) => read(`${headers.join('\r\n')}\r\n\r\nHello`)
const PERSON = ['From: Ann <ann@x.example>', 'Subject: My lamp']

test.each([
  ['gmail-reply.eml', null],
  ['outlook-reply.eml', null],
  ['bounce-postfix.eml', 'bounce'],
  ['bounce-exim.eml', 'bounce'],
  ['delayed.eml', 'delayed'],
  ['vacation-exchange.eml', 'vacation'],
  ['feedback-report.eml', 'system'],
])('%s is recognised as %s', async (name, kind) => {
  expect(recogniseAutomatic(await fixture(name)).kind).toBe(kind)
})

test.each([
  ['Auto-Submitted: no', null],
  ['Auto-Submitted: auto-replied; owner-email="a@x.example"', 'auto_reply'],
  ['Auto-Submitted: auto-generated', 'system'],
  ['Auto-Submitted: (a comment) auto-notified', 'system'],
  ['X-Autoreply: yes', 'auto_reply'],
  ['X-Autoreply: no', null],
  ['X-Autorespond: My lamp', 'auto_reply'],
  ['Precedence: auto_reply', 'auto_reply'],
  ['Precedence: bulk', 'bulk'],
  ['Precedence: list', 'list'],
  ['List-Id: <lamps.x.example>', 'list'],
  ['List-Unsubscribe: <https://x.example/u>', 'bulk'],
  ['X-Auto-Response-Suppress: DR, OOF, AutoReply', 'system'],
  ['X-Auto-Response-Suppress: None', null],
  ['Return-Path: <>', 'auto_reply'],
  ['Return-Path: <ann@x.example>', null],
  ['X-Boxbe-Challenge: 1', 'system'],
  ['X-Mailer: Mail', null],
])("a person's mail with the header %s counts as %s", async (header, kind) => {
  expect(recogniseAutomatic(await withHeaders(...PERSON, header)).kind).toBe(kind)
})

test.each([
  'no-reply@x.example',
  'noreply+1@x.example',
  'do_not_reply@x.example',
  'notifications@x.example',
  'mailer-daemon@x.example',
  'postmaster@x.example',
])('%s is no person', async (from) => {
  expect(recogniseAutomatic(await withHeaders(`From: ${from}`, 'Subject: Hi')).kind).toBe('system')
})

test('the envelope knows more than the mail', async () => {
  const mail = await withHeaders(...PERSON)
  expect(recogniseAutomatic(mail, { envelopeFrom: '' }).kind).toBe('auto_reply')
  expect(recogniseAutomatic(mail, { envelopeFrom: 'ann@x.example' }).kind).toBeNull()
})

test("what we sent ourselves is recognised by our own mark, not by another instance's", async () => {
  const mail = await withHeaders(...PERSON, 'X-Sinew-Instance: abc')
  expect(recogniseAutomatic(mail, { instance: 'abc' })).toEqual({
    kind: 'system',
    why: 'It was sent by this Sinew itself (X-Sinew-Instance).',
  })
  expect(recogniseAutomatic(mail, { instance: 'other' }).kind).toBeNull()
})

describe('absence notices by their subject', () => {
  test.each([
    'Automatic reply: Your order',
    'Out of Office: Your order',
    'Out of office',
    'Out of Office Re: Your order',
    'Auto: Your order',
    'Autoreply: x',
    'Automatische Antwort: Ihre Bestellung',
    'Abwesenheitsnotiz: Bestellung',
    'Réponse automatique : Votre commande',
    "Message d'absence: x",
    'Respuesta automática: Su pedido',
    'Risposta automatica: Ordine',
    'Automatisch antwoord: Bestelling',
    'Resposta automática: Pedido',
    'Automatisk svar: Ordre',
    'Autosvar: Order',
    'Automaattinen vastaus: Tilaus',
    'Odpowiedź automatyczna: Zamówienie',
    'Automatická odpověď: Objednávka',
    'Automatická odpoveď: x',
    'Automatikus válasz: x',
    'Автоматический ответ: Заказ',
    'Автоматична відповідь: x',
    'Αυτόματη απάντηση: x',
    'Răspuns automat: x',
    'Otomatik yanıt: x',
    '自动回复: 订单',
    '自動回覆：訂單',
    '自動応答: x',
    '자동 회신: x',
    'תשובה אוטומטית: x',
    'رد تلقائي: x',
    'Trả lời tự động: x',
  ])('%s', async (subject) => {
    expect(recogniseAutomatic(await withHeaders('From: a@x.example', `Subject: ${subject}`)).kind).toBe('vacation')
  })

  test.each([
    'Automatic reply does not work',
    'Out of office settings are wrong',
    'Re: Automatic reply: Your order',
    'Vacation rental 4711',
    'Autos vergleichen',
    'My lamp',
  ])('but not %s', async (subject) => {
    expect(recogniseAutomatic(await withHeaders('From: a@x.example', `Subject: ${subject}`)).kind).toBeNull()
  })
})

describe('delivery reports', () => {
  test('a report by the standard names recipient, status, reason and our message', async () => {
    expect(readBounce(await fixture('bounce-postfix.eml'))).toEqual({
      recipients: [
        {
          address: 'nobody@gone.example',
          action: 'failed',
          status: '5.1.1',
          diagnostic: '550 5.1.1 <nobody@gone.example>: Recipient address rejected: User unknown',
        },
      ],
      originalMessageId: 'reply-1042-7@shop.example',
    })
  })

  test("an older server's prose is read as well", async () => {
    const bounce = readBounce(await fixture('bounce-exim.eml'))
    expect(bounce?.recipients).toMatchObject([{ address: 'full@box.example', action: 'failed', status: '5.2.2' }])
    expect(bounce?.originalMessageId).toBe('reply-9@shop.example')
  })

  test('a delay is no failure', async () => {
    expect(readBounce(await fixture('delayed.eml'))).toMatchObject({
      recipients: [{ address: 'slow@far.example', action: 'delayed', status: '4.4.1' }],
      originalMessageId: 'reply-10@shop.example',
    })
  })

  test("a person's mail about a bounce is no delivery report", async () => {
    expect(readBounce(await withHeaders('From: ann@x.example', 'Subject: Mail delivery failed'))).toBeNull()
    expect(readBounce(await fixture('gmail-reply.eml'))).toBeNull()
  })
})
