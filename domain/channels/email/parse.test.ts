import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ancestorsOf, authorOf, type Mail, recipientsOf } from './mail.ts'
import { parseMail } from './parse.ts'

const fixture = (name: string) => readFileSync(new URL(`../../../test/fixtures/mail/${name}`, import.meta.url))
const bytes = (...parts: (string | Uint8Array | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))
const HEAD = 'From: Ann <ann@x.example>\r\nSubject: Hello\r\n'

async function read(raw: Uint8Array): Promise<Mail> {
  const found = await parseMail(raw)
  if (!found.ok) throw new Error(found.reason)
  return found.mail
}

describe('what mail programs send', () => {
  test('a Gmail reply gives its people, its thread and both bodies', async () => {
    const mail = await read(fixture('gmail-reply.eml'))
    expect(mail.from).toEqual({ name: 'Noor de Vries', address: 'noor.devries@mail.example' })
    expect(mail.cc).toEqual([
      { name: 'Jürgen Groß', address: 'juergen@xn--grn-hoa.example' },
      { name: 'Lee, Ann', address: 'ann@lee.example' },
    ])
    expect(recipientsOf(mail)).toEqual(['help@shop.example', 'juergen@xn--grn-hoa.example', 'ann@lee.example'])
    expect(ancestorsOf(mail)).toEqual(['welcome-1@support.example'])
    expect(mail.sentAt?.toISOString()).toBe('2025-11-11T08:14:02.000Z')
    expect(mail.text).toContain('arrived – but')
    expect(mail.html).toContain('gmail_quote')
    expect(mail.truncated).toBe(false)
  })

  test('an Outlook picture that the body shows is an inline attachment', async () => {
    const mail = await read(fixture('outlook-reply.eml'))
    expect(mail.from?.name).toBe('Björn Åkesson')
    expect(mail.text).toContain('beloppet stämmer inte')
    expect(mail.attachments).toHaveLength(1)
    expect(mail.attachments[0]).toMatchObject({
      filename: 'image001.png',
      contentType: 'image/png',
      inline: true,
      contentId: 'image001.png@01DC5307.4D2A',
    })
  })

  test('forwarded messages, invitations and winmail.dat stay whole as attachments', async () => {
    const mail = await read(fixture('forwarded-with-calendar.eml'))
    expect(mail.attachments.map((part) => part.filename)).toEqual([
      'Termin.eml',
      'invitation-2.ics',
      'winmail.dat',
      'Übersicht der Kosten.pdf',
    ])
    expect(mail.text).not.toContain('Inneres Wort')
    expect(Buffer.from(mail.attachments[0]!.content).toString()).toContain('Inneres Wort')
  })

  test('flowed text is joined again, but an answer is never joined to the question above it', async () => {
    expect((await read(fixture('forwarded-with-calendar.eml'))).text.trim()).toBe('Bitte sehen Sie sich die angehängte Nachricht an.')
    const answer = await read(bytes(HEAD, 'Content-Type: text/plain; format=flowed\r\n\r\n> Is it \r\n> green? \r\nYes it \r\nis.\r\n'))
    expect(answer.text.trim()).toBe('> Is it green? \nYes it is.')
  })

  test('a second text part with a name is an attachment, as Apple Mail means it', async () => {
    const part = (head: string, body: string) => `--b\r\nContent-Type: text/plain${head}\r\n\r\n${body}\r\n`
    const mixed = `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${part('', 'See the log.')}${part('\r\nContent-Disposition: inline; filename=log.txt', 'error 7')}--b--`
    const mail = await read(bytes(HEAD, mixed))
    expect(mail.text.trim()).toBe('See the log.')
    expect(mail.attachments.map((file) => file.filename)).toEqual(['log.txt'])
  })

  test('where there is only HTML, the text is what a reader sees', async () => {
    const html =
      '<style>p{}</style><p>Hello <b>you</b></p><ul><li>one</li><li>two</li></ul><p>See <a href="https://x.example/a">our page</a></p>'
    const mail = await read(bytes(HEAD, 'Content-Type: text/html\r\n\r\n', html))
    expect(mail.text).toBe('Hello you\n\n- one\n- two\n\nSee our page <https://x.example/a>')
  })

  test('a mail with an empty text part takes its text from the HTML', async () => {
    const body = '--b\r\nContent-Type: text/plain\r\n\r\n \r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Here</p>\r\n--b--'
    const mail = await read(bytes(HEAD, 'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n', body))
    expect(mail.text).toBe('Here')
  })
})

describe('what mail programs get wrong', () => {
  const body = async (type: string, content: number[] | Uint8Array) =>
    (await read(bytes(HEAD, `Content-Type: ${type}\r\n\r\n`, content))).text.trim()

  test.each([
    [
      'Windows text that claims to be UTF-8',
      'text/plain; charset=utf-8',
      Buffer.from('Gr\xfc\xdfe \x96 f\xfcr 5 \x80', 'latin1'),
      'Grüße – für 5 €',
    ],
    ['UTF-8 that claims to be Latin-1', 'text/plain; charset=iso-8859-1', Buffer.from('Grüße'), 'Grüße'],
    ['UTF-8 that claims nothing', 'text/plain', Buffer.from('Grüße'), 'Grüße'],
    ['UTF-8 that claims a charset nobody knows', 'text/plain; charset=x-nonsense', Buffer.from('Grüße'), 'Grüße'],
    ['Latin-1 that claims a charset nobody knows', 'text/plain; charset=unknown-8bit', Buffer.from('Gr\xfc\xdfe', 'latin1'), 'Grüße'],
    ['Vietnamese in windows-1258', 'text/plain; charset=windows-1258', [0x74, 0x69, 0xea, 0xec, 0x6e, 0x67], 'tiếng'],
    ['Russian in KOI8-R', 'text/plain; charset=koi8-r', [0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4], 'Привет'],
    [
      'Russian in windows-1251 that claims to be UTF-8',
      'text/plain; charset=utf-8',
      [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x2c, 0x20, 0xea, 0xe0, 0xea, 0x20, 0xe4, 0xe5, 0xeb, 0xe0],
      'Привет, как дела',
    ],
    ['Chinese in GB18030', 'text/plain; charset=gb18030', [0xc4, 0xe3, 0xba, 0xc3], '你好'],
    [
      'Chinese in GBK that claims nothing',
      'text/plain',
      [0xce, 0xd2, 0xb5, 0xc4, 0xb6, 0xa9, 0xb5, 0xa5, 0xd4, 0xda, 0xc4, 0xc4, 0xc0, 0xef, 0xa3, 0xac, 0xc4, 0xe3, 0xc3, 0xc7, 0xba, 0xc3],
      '我的订单在哪里，你们好',
    ],
    ['Japanese in ISO-2022-JP', 'text/plain; charset=iso-2022-jp', [0x1b, 0x24, 0x42, 0x24, 0x22, 0x1b, 0x28, 0x42], 'あ'],
    ['Japanese in Shift_JIS', 'text/plain; charset=shift_jis', [0x82, 0xa0], 'あ'],
  ])('%s is read', async (_, type, content, text) => {
    expect(await body(type, content)).toBe(text)
  })

  test('a cut character at the end does not turn UTF-8 into something else', async () => {
    expect(await body('text/plain; charset=utf-8', bytes('Grüße aus Köln, schöne Straße', [0xc3]))).toBe(
      'Grüße aus Köln, schöne Straße\ufffd',
    )
  })

  test('headers of undeclared 8-bit text are read, whatever wrote them', async () => {
    const latin = await read(Buffer.from('From: J\xfcrgen <j@x.example>\r\nSubject: R\xfcckgabe f\xfcr M\xfcller\r\n\r\nHi', 'latin1'))
    expect([latin.from?.name, latin.subject]).toEqual(['Jürgen', 'Rückgabe für Müller'])
    const utf8 = await read(bytes('From: Jürgen <j@x.example>\r\nSubject: Rückgabe\r\n\r\nHi'))
    expect([utf8.from?.name, utf8.subject]).toEqual(['Jürgen', 'Rückgabe'])
  })

  test('encoded words that lie about their charset are read', async () => {
    expect((await read(bytes('From: a@x.example\r\nSubject: =?utf-8?Q?Gr=FC=DFe?=\r\n\r\n'))).subject).toBe('Grüße')
    expect((await read(bytes('From: a@x.example\r\nSubject: =?UTF-8?B?R3LD?= =?UTF-8?B?vMOfZQ==?=\r\n\r\n'))).subject).toBe('Grüße')
  })

  test('local parts with umlauts and foreign domains are kept', async () => {
    const mail = await read(bytes('From: Jörg <jörg@müller.EXAMPLE>\r\nTo: "odd local"@x.example, o\'brien+tag@x.example\r\n\r\n'))
    expect(mail.from?.address).toBe('jörg@müller.example')
    expect(mail.to.at(-1)?.address).toBe("o'brien+tag@x.example")
  })

  test.each([
    ["filename*=utf-8''%ZZbroken.pdf", '%ZZbroken.pdf'],
    ['filename="=?utf-8?Q?Gr=C3=BC=C3=9Fe.pdf?="', 'Grüße.pdf'],
    ["filename*0=one; filename*1*=''%20two.pdf; filename*2=3", 'one'],
    ['filename="../../etc/passwd"', 'passwd'],
    ['filename="a\u202efdp.exe"', 'a_fdp.exe'],
    ['filename=', 'attachment-1.pdf'],
  ])('the file name in %s is made usable', async (parameter, name) => {
    const mail = await read(bytes(HEAD, `Content-Type: application/pdf\r\nContent-Disposition: attachment; ${parameter}\r\n\r\nx`))
    expect(mail.attachments[0]?.filename).toContain(name)
  })

  test('a name in undeclared Latin-1 is read', async () => {
    const mail = await read(Buffer.from(`${HEAD}Content-Type: application/pdf; name="\xdcbersicht.pdf"\r\n\r\nx`, 'latin1'))
    expect(mail.attachments[0]?.filename).toBe('Übersicht.pdf')
  })

  test('the first of doubled headers counts, as mail servers read it', async () => {
    const mail = await read(
      bytes('From: a@x.example\r\nFrom: b@x.example\r\nSubject: one\r\nSubject: two\r\nMessage-ID: <1@x>\r\nMessage-ID: <2@x>\r\n\r\n'),
    )
    expect([mail.from?.address, mail.subject, mail.messageId]).toEqual(['a@x.example', 'one', '1@x'])
  })

  test("a mail without From is the sender's or the reply address's", async () => {
    const sender = await read(bytes('Sender: s@x.example\r\nSubject: x\r\n\r\n'))
    expect([sender.from, authorOf(sender)?.address]).toEqual([null, 's@x.example'])
    expect(authorOf(await read(bytes('Reply-To: r@x.example\r\nSubject: x\r\n\r\n')))?.address).toBe('r@x.example')
  })

  test('bare carriage returns, bare line feeds and a mailbox separator line are line ends and no content', async () => {
    for (const raw of [
      'From: a@x.example\rSubject: s\r\rone\rtwo',
      'From: a@x.example\nSubject: s\n\none\ntwo',
      'From a@x.example Mon Jan  6 10:00:00 2025\nFrom: a@x.example\nSubject: s\n\none\ntwo',
    ]) {
      const mail = await read(bytes(raw))
      expect([mail.subject, mail.text.trim()]).toEqual(['s', 'one\ntwo'])
    }
  })

  test('the escape of mailbox files is taken away, quotations are not', async () => {
    const mail = await read(bytes(HEAD, '\r\nHello\r\n>From here on it fails\r\n\r\n> a\r\n>From b\r\n'))
    expect(mail.text.trim()).toBe('Hello\nFrom here on it fails\n\n> a\n>From b')
  })

  test('a body without the blank line before it is a body', async () => {
    expect((await read(bytes('From: a@x.example\r\nSubject: s\r\nPlease help me\r\nsoon: now'))).text.trim()).toBe(
      'Please help me\nsoon: now',
    )
  })

  test('NUL bytes and half characters vanish from every string', async () => {
    const mail = await read(bytes('From: A\0nn <a@x.example>\r\nSubject: s\0\r\n\r\nhe\0llo'))
    expect(JSON.stringify([mail.from, mail.subject, mail.text])).not.toContain('\\u0000')
    expect(mail.text.trim()).toBe('hello')
  })

  test.each([
    ['Mon, 31 Feb 2025 10:00:00 +0000', null],
    ['Mon, 06 Jan 2025 25:00:00 +0000', null],
    ['Thu, 01 Jan 1970 00:00:00 +0000', null],
    ['yesterday', null],
    ['', null],
    ['Mon, 06 Jan 2025 10:00:00 +9900', null],
    ['Mon, 06 Jan 2025 10:00:00 EST', '2025-01-06T15:00:00.000Z'],
    ['6 Jan 02 10:00 -0130 (odd)', '2002-01-06T11:30:00.000Z'],
    ['2025-01-06T10:00:00+01:00', '2025-01-06T09:00:00.000Z'],
  ])('the date %s is %s', async (date, time) => {
    const mail = await read(bytes(HEAD, `Date: ${date}\r\n\r\n`))
    expect(mail.sentAt?.toISOString() ?? null).toBe(time)
  })

  test.each([
    ['In-Reply-To: Message from Bo <bo@x.example> of Tuesday <id-1@x.example>', ['id-1@x.example']],
    ['In-Reply-To: id-2@x.example', ['id-2@x.example']],
    ["In-Reply-To: Bo's message of Tuesday", []],
    ['References: <a@x.example> <b@x.\r\n example> junk <a@x.example>', ['b@x.example', 'a@x.example']],
    ['References: <a@x.example>\r\nIn-Reply-To: <b@x.example>', ['b@x.example', 'a@x.example']],
  ])('the thread of %j is found', async (header, ancestors) => {
    expect(ancestorsOf(await read(bytes(HEAD, `${header}\r\n\r\n`)))).toEqual(ancestors)
  })
})
