import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quotedTail, splitReply } from './split-text.ts'

const fresh = (text: string) => splitReply(text).fresh

describe('the line above a quotation', () => {
  const attributions = [
    'On Mon, 6 Jan 2025 at 09:00, Ann Lee <ann@x.example> wrote:',
    'On 6 Jan 2025, at 09:00, Ann Lee wrote:',
    'On 1/6/2025 9:00 AM, Ann Lee wrote:',
    'At 09:00 06.01.2025, you wrote:',
    'Le lun. 6 janv. 2025 à 09:00, Ann Lee <ann@x.example> a écrit :',
    'Le 06/01/2025 à 09:00, Ann Lee a écrit :',
    'Am 06.01.2025 um 09:00 schrieb Ann Lee:',
    'Am Mo., 6. Jan. 2025 um 09:00 Uhr schrieb Ann Lee <ann@x.example>:',
    'Am Montag, 6. Januar 2025 hat Ann Lee <ann@x.example> geschrieben:',
    'El lun, 6 ene 2025 a las 9:00, Ann Lee (<ann@x.example>) escribió:',
    'El 6/1/25 a las 9:00, Ann Lee escribió:',
    'Il giorno lun 6 gen 2025 alle ore 09:00 Ann Lee <ann@x.example> ha scritto:',
    'Il 06/01/2025 09:00, Ann Lee ha scritto:',
    'Em seg., 6 de jan. de 2025 às 09:00, Ann Lee <ann@x.example> escreveu:',
    'Op ma 6 jan 2025 om 09:00 schreef Ann Lee <ann@x.example>:',
    'Op 06-01-2025 om 09:00 schreef Ann Lee:',
    'Den mån 6 jan. 2025 kl 09:00 skrev Ann Lee <ann@x.example>:',
    'man. 6. jan. 2025 kl. 09:00 skrev Ann Lee <ann@x.example>:',
    'Den man. 6. jan. 2025 kl. 09.00 skrev Ann Lee <ann@x.example>:',
    'ma 6. tammik. 2025 klo 9.00 Ann Lee (ann@x.example) kirjoitti:',
    'pon., 6 sty 2025 o 09:00 Ann Lee <ann@x.example> napisał(a):',
    'W dniu 06.01.2025 o 09:00, Ann Lee pisze:',
    'po 6. 1. 2025 v 9:00 odesílatel Ann Lee <ann@x.example> napsal:',
    'po 6. 1. 2025 o 9:00 Ann Lee <ann@x.example> napísal(a):',
    'Ann Lee <ann@x.example> ezt írta (időpont: 2025. jan. 6., H, 9:00):',
    '2025. 01. 06. 9:00 keltezéssel, Ann Lee írta:',
    'lun., 6 ian. 2025 la 09:00, Ann Lee <ann@x.example> a scris:',
    'Ann Lee <ann@x.example>, 6 Oca 2025 Pzt, 09:00 tarihinde şunu yazdı:',
    'Στις Δευ 6 Ιαν 2025 στις 9:00 π.μ., ο χρήστης Ann Lee <ann@x.example> έγραψε:',
    'пн, 6 янв. 2025 г. в 09:00, Ann Lee <ann@x.example>:',
    '06.01.2025 09:00, Ann Lee пишет:',
    'пн, 6 січ. 2025 р. о 09:00 Ann Lee <ann@x.example> пише:',
    'На пн, 6.01.2025 г. в 9:00 Ann Lee <ann@x.example> написа:',
    'pon, 6. sij 2025. u 09:00 Ann Lee <ann@x.example> napisao je:',
    'Ann Lee <ann@x.example> 于2025年1月6日周一 09:00写道：',
    '在 2025年1月6日，09:00，Ann Lee <ann@x.example> 写道：',
    '2025年1月6日(月) 9:00 Ann Lee <ann@x.example>:',
    '2025年1月6日(月) 9:00 Ann Lee さんは書きました:',
    '2025년 1월 6일 (월) 오전 9:00, Ann Lee <ann@x.example>님이 작성:',
    'Vào Th 2, 6 thg 1, 2025 vào lúc 09:00 Ann Lee <ann@x.example> đã viết:',
    'Pada Sen, 6 Jan 2025 pukul 09.00 Ann Lee <ann@x.example> menulis:',
    'ในวันที่ จ. 6 ม.ค. 2025 เวลา 09:00 Ann Lee <ann@x.example> เขียนว่า:',
    'בתאריך יום ב׳, 6 בינו׳ 2025 ב-9:00 מאת Ann Lee <ann@x.example>:',
    'في الاثنين، 6 يناير 2025 في 9:00 ص تمت كتابة ما يلي بواسطة Ann Lee <ann@x.example>:',
    '---- On Mon, 06 Jan 2025 09:00:00 +0100 Ann Lee <ann@x.example> wrote ----',
    '--- On Mon, 1/6/25, Ann Lee <ann@x.example> wrote:',
    '2025-01-06 9:00 GMT+01:00 Ann Lee <ann@x.example>:',
    'Ann Lee <ann@x.example> wrote:',
    'Monday, January 6, 2025, 9:00 AM +0100 from Ann Lee <ann@x.example>:',
  ]

  test.each(attributions)("%s is not the customer's", (attribution) => {
    expect(fresh(`It works now.\nThank you.\n\n${attribution}\n\n> Does it work?\n> Yours, Ann`)).toBe('It works now.\nThank you.')
    expect(fresh(`It works now.\nThank you.\n${attribution}\n> Does it work?`)).toBe('It works now.\nThank you.')
  })

  test.each(attributions.filter((line) => line.includes('@')))(
    '%s announces a message even when nothing marks it as quoted',
    (attribution) => {
      expect(fresh(`It works now.\nThank you.\n\n${attribution}\n\nDoes it work?\n\nYours, Ann`)).toBe('It works now.\nThank you.')
    },
  )

  test.each([
    'On Mon, Jan 6, 2025 at 9:00 AM Ann Lee from the very long department <\nann@x.example> wrote:',
    'On Mon, Jan 6, 2025 at 9:00 AM, Ann Lee <ann@x.example>\nwrote:',
    'On Jan 6, 2025,\nat 9:00,\nAnn Lee <ann@x.example> wrote:',
    'Op 6 jan. 2025 09:00 schreef "Ann Lee" <ann@x.example> het\nvolgende geschreven:',
    'man. 6. jan. 2025 kl. 09:00 skrev Ann Lee <ann@x.example\n>:',
    'Le 6 janv. 2025 09:00, "Ann Lee"\n<ann@x.example>\na écrit :',
  ])('a wrapped one is recognised: %j', (attribution) => {
    expect(fresh(`It works now.\n${attribution}\n\n> Does it work?`)).toBe('It works now.')
  })

  test.each([
    'On Monday I will call again.\nOn 6 Jan 2025 at 09:00, Ann Lee <ann@x.example> wrote:\n> When?',
    'In 2024 it worked\nOn 6 Jan 2025 at 09:00, Ann Lee <ann@x.example> wrote:\n> When?',
  ])("the customer's line right above stays: %j", (text) => {
    expect(fresh(text)).toBe(text.split('\n')[0])
  })

  test.each([
    'On 3 March 2025 I called. Your colleague said:\nwait a week.\nI waited two.',
    'On 3 March at 10:30 I wrote:\nmy printer burns.\nNobody came.',
    'On 3 May I wrote to help@x.example. Nobody answered, so I wrote:\nplease answer.',
    'On the other hand, this is what I tried:\nI turned it off.\nAnd on.',
    'Your page says at 10:30 that support@x.example answers:\nit does not.',
    'Times I tried:\n2025-01-06 14:30\n06.01.2025 14:30\nJan 6, 2025 at 14:30\nNone worked.',
    'I ordered on 6 Jan 2025 for Ann Lee.\nWhere is it?',
  ])('a story with dates stays whole: %j', (text) => {
    expect(fresh(text)).toBe(text)
  })
})

describe('copied headers and announced messages', () => {
  const words = 'Please see below.\nThank you.'

  test.each([
    ['From: Ann Lee <ann@x.example>', 'Sent: Monday, January 6, 2025 9:00 AM', 'To: Bo <bo@x.example>', 'Subject: Invoice'],
    ['*From:* Ann Lee', '*Sent:* Monday, January 6, 2025', '*To:* Bo', '*Subject:* Invoice'],
    ['Von: Ann Lee <ann@x.example>', 'Gesendet: Montag, 6. Januar 2025 09:00', 'An: Bo', 'Betreff: Rechnung'],
    ['De : Ann Lee <ann@x.example>', 'Envoyé : lundi 6 janvier 2025 09:00', 'À : Bo', 'Objet : Facture'],
    ['De: Ann Lee <ann@x.example>', 'Enviado el: lunes, 6 de enero de 2025 9:00', 'Para: Bo', 'Asunto: Factura'],
    ['De: Ann Lee <ann@x.example>', 'Enviada em: segunda-feira, 6 de janeiro de 2025', 'Para: Bo', 'Assunto: Fatura'],
    ['Da: Ann Lee <ann@x.example>', 'Inviato: lunedì 6 gennaio 2025 09:00', 'A: Bo', 'Oggetto: Fattura'],
    ['Van: Ann Lee <ann@x.example>', 'Verzonden: maandag 6 januari 2025 09:00', 'Aan: Bo', 'Onderwerp: Factuur'],
    ['Fra: Ann Lee <ann@x.example>', 'Sendt: 6. januar 2025 09:00', 'Til: Bo', 'Emne: Faktura'],
    ['Från: Ann Lee <ann@x.example>', 'Skickat: den 6 januari 2025 09:00', 'Till: Bo', 'Ämne: Faktura'],
    ['Lähettäjä: Ann Lee <ann@x.example>', 'Lähetetty: maanantai 6. tammikuuta 2025', 'Vastaanottaja: Bo', 'Aihe: Lasku'],
    ['Od: Ann Lee <ann@x.example>', 'Wysłane: poniedziałek, 6 stycznia 2025', 'Do: Bo', 'Temat: Faktura'],
    ['Od: Ann Lee <ann@x.example>', 'Odesláno: pondělí 6. ledna 2025', 'Komu: Bo', 'Předmět: Faktura'],
    ['Odosielateľ: Ann Lee <ann@x.example>', 'Odoslané: pondelok 6. januára 2025', 'Komu: Bo', 'Predmet: Faktúra'],
    ['Feladó: Ann Lee <ann@x.example>', 'Elküldve: 2025. január 6., hétfő', 'Címzett: Bo', 'Tárgy: Számla'],
    ['De la: Ann Lee <ann@x.example>', 'Trimis: luni, 6 ianuarie 2025', 'Către: Bo', 'Subiect: Factură'],
    ['Kimden: Ann Lee <ann@x.example>', 'Gönderildi: 6 Ocak 2025 Pazartesi', 'Kime: Bo', 'Konu: Fatura'],
    ['Από: Ann Lee <ann@x.example>', 'Στάλθηκε: Δευτέρα, 6 Ιανουαρίου 2025', 'Προς: Bo', 'Θέμα: Τιμολόγιο'],
    ['От: Ann Lee <ann@x.example>', 'Отправлено: 6 января 2025 г. 9:00', 'Кому: Bo', 'Тема: Счёт'],
    ['Від: Ann Lee <ann@x.example>', 'Надіслано: 6 січня 2025 р. 9:00', 'Кому: Bo', 'Тема: Рахунок'],
    ['От: Ann Lee <ann@x.example>', 'Изпратено: понеделник, 6 януари 2025', 'До: Bo', 'Относно: Фактура'],
    ['发件人: Ann Lee <ann@x.example>', '发送时间: 2025年1月6日 9:00', '收件人: Bo', '主题: 发票'],
    ['寄件者: Ann Lee <ann@x.example>', '寄件日期: 2025年1月6日', '收件者: Bo', '主旨: 發票'],
    ['差出人: Ann Lee <ann@x.example>', '送信日時: 2025年1月6日 9:00', '宛先: Bo', '件名: 請求書'],
    ['보낸 사람: Ann Lee <ann@x.example>', '보낸 날짜: 2025년 1월 6일', '받는 사람: Bo', '제목: 송장'],
    ['Từ: Ann Lee <ann@x.example>', 'Đã gửi: 6 tháng 1 năm 2025', 'Đến: Bo', 'Chủ đề: Hoá đơn'],
    ['מאת: Ann Lee <ann@x.example>', 'נשלח: יום שני 06 ינואר 2025', 'אל: Bo', 'נושא: חשבונית'],
    ['من: Ann Lee <ann@x.example>', 'تاريخ الإرسال: 6 يناير 2025', 'إلى: Bo', 'الموضوع: فاتورة'],
    ['From: Ann Lee', ' <ann@x.example>', 'Date: Monday, 6 January 2025 at 09:00', 'To: Bo, Cy,', ' Di', 'Subject: Invoice'],
    ['Message du : 06/01/2025 09:00', 'De : "Ann Lee" <ann@x.example>', 'A : bo@x.example', 'Copie à :', 'Sujet : Facture'],
  ])('%s begins the earlier message', (...headers) => {
    const block = headers.filter((line) => typeof line === 'string').join('\n')
    expect(fresh(`${words}\n\n${block}\n\nHello Bo,\n\nhere it is.`)).toBe(words)
    expect(fresh(`${words}\n________________________________\n${block}\n\nHello Bo,`)).toBe(words)
  })

  test.each([
    '-----Original Message-----',
    '----- Original Message -----',
    '-------- Ursprüngliche Nachricht --------',
    '-------- Message d’origine --------',
    '-------- Mensaje original --------',
    '-----Messaggio originale-----',
    '-----Oorspronkelijk bericht-----',
    '-----Oprindelig meddelelse-----',
    '-----Ursprungligt meddelande-----',
    '-----Alkuperäinen viesti-----',
    '-----Wiadomość oryginalna-----',
    '-----Původní zpráva-----',
    '-----Eredeti üzenet-----',
    '-----Исходное сообщение-----',
    '-----原始邮件-----',
    '-----元のメッセージ-----',
    '*-------- Original Message --------*',
    '---------- Forwarded message ---------',
    '---------- Weitergeleitete Nachricht ---------',
    'Begin forwarded message:',
    'Début du message transféré :',
    '##- Please type your reply above this line -##',
  ])("%s ends the customer's words", (rule) => {
    expect(fresh(`${words}\n\n${rule}\n\nEarlier words\n\nof somebody.`)).toBe(words)
  })

  test('a forwarded message without a word above is itself the message', () => {
    const forward =
      '---------- Forwarded message ---------\nFrom: Ann <ann@x.example>\nDate: Mon, 6 Jan 2025\nSubject: Broken\nTo: Bo\n\nIt is broken.'
    expect(fresh(forward)).toContain('It is broken.')
    expect(fresh(`Sent from my iPhone\n\n${forward}`)).toContain('It is broken.')
  })

  test("a traveller's lines that look like headers stay", () => {
    const trip = 'My trip:\nFrom: Berlin\nTo: Rome\nDate: 3 May\n\nCan I still change it?'
    expect(fresh(trip)).toBe(trip)
    const prose = 'The data comes\nFrom: our database\nand never To: yours.'
    expect(fresh(prose)).toBe(prose)
  })
})

describe('answers among quotations', () => {
  test('answers below each question keep the questions', () => {
    const text = 'On 6 Jan 2025, at 9:00, Ann <ann@x.example> wrote:\n\n> Is it green?\n\nYes.\n\n> Is it loud?\n\nNo.'
    expect(splitReply(text)).toEqual({
      fresh: '> Is it green?\n\nYes.\n\n> Is it loud?\n\nNo.',
      quoted: 'On 6 Jan 2025, at 9:00, Ann <ann@x.example> wrote:',
      signature: '',
    })
  })

  test('an answer below the whole quotation stands alone', () => {
    expect(splitReply('On 6 Jan 2025, at 9:00, Ann <ann@x.example> wrote:\n> Is it green?\nYes it is.')).toEqual({
      fresh: 'Yes it is.',
      quoted: 'On 6 Jan 2025, at 9:00, Ann <ann@x.example> wrote:\n> Is it green?',
      signature: '',
    })
  })

  test('a quotation nobody introduced stays above the answer', () => {
    expect(fresh('> Is it green?\n\nYes it is.')).toBe('> Is it green?\n\nYes it is.')
  })

  test('nothing but quotation is no new word', () => {
    expect(fresh('\n\nOn 6 Jan 2025, at 9:00, Ann <ann@x.example> wrote:\n> Is it green?\n')).toBe('')
  })

  test.each(['>= 5 users are affected', '| a | b |\n| 1 | 2 |'])('%j is no quotation', (text) => {
    expect(fresh(`Hello there\n${text}`)).toBe(`Hello there\n${text}`)
  })
})

describe('signatures', () => {
  const words = 'The lamp flickers.'

  test.each([
    '-- \nAnn Lee\nACME Ltd\n+44 20 7946 0000',
    '--\nAnn',
    '_______________\nAnn Lee\nHead of Lamps',
    '—\nAnn Lee',
    '—————\nAnn Lee\nHead of Lamps',
    'Sent from my iPhone',
    'Sent from my Wiko RIDGE FAB 4G',
    'Sent from my iPhone.',
    'Sent from Outlook for Android<https://aka.example/a>',
    'Get Outlook for iOS <https://aka.example/a>',
    'Sent from Mail for Windows',
    'Sent from Yahoo Mail on Android',
    'Von meinem iPhone gesendet',
    'Von meinem Samsung Galaxy Smartphone gesendet.',
    'Gesendet mit der GMX Mail App',
    'Gesendet von Outlook für Android',
    'Envoyé de mon iPhone',
    'Envoyé à partir de Outlook pour iOS',
    'Enviado desde mi iPhone',
    'Enviado do meu iPhone',
    'Inviato da iPhone',
    'Inviato dal mio Galaxy',
    'Verstuurd vanaf mijn iPhone',
    'Skickat från min iPhone',
    'Sendt fra min iPhone',
    'Lähetetty iPhonesta',
    'Wysłane z iPhone’a',
    'Odesláno z iPhonu',
    'Отправлено с iPhone',
    'iPhoneから送信',
    '发自我的 iPhone',
    '나의 iPhone에서 보냄',
    'iPhone’umdan gönderildi',
    'Sent with Proton Mail secure email.',
  ])('%j is not part of the words', (signature) => {
    const split = splitReply(`Hello,\n${words}\n\n${signature}\n\nOn 6 Jan 2025, at 9:00, Bo <bo@x.example> wrote:\n> Which?`)
    expect([split.fresh, split.signature]).toEqual([`Hello,\n${words}`, signature.replace('-- ', '--')])
  })

  test.each([
    'Sent from my desk, is much easier than the phone.',
    'It was sent from my iPhone app to all.',
    'The parcel was sent via courier',
    'Sipariş gönderildi',
    'Lähetetty eilen',
    'Sent with love',
    'Steps\n----\nOne\nTwo',
    'I need:\n-- a lamp\n-- a bulb',
    'Best regards\nAnn Lee\nACME',
  ])('%j is', (text) => {
    expect(fresh(`${words}\n\n${text}`)).toBe(`${words}\n\n${text}`)
  })

  test('what stands below the signature as a footer of a list goes with it', () => {
    const footer = '_______________________________________________\nlamps mailing list\nlamps@x.example\nhttps://x.example/lamps'
    expect(splitReply(`${words} Why?\n\n${footer}`)).toEqual({ fresh: `${words} Why?`, quoted: '', signature: footer })
  })

  test('rules that editors leave at the end go', () => {
    expect(fresh(`${words} Why?\n\n--\n***\n=====\n   ------`)).toBe(`${words} Why?`)
  })

  test('a single word keeps what follows it', () => {
    expect(fresh('Yes\n\nSent from my iPhone')).toBe('Yes\n\nSent from my iPhone')
  })
})

test('between fences nothing is what it seems', () => {
  const code = 'It logs\n```\nOn 6 Jan 2025, at 9:00, Ann <ann@x.example> wrote:\n> x\n--\nFrom: a@x.example\nSubject: b\nTo: c\n```'
  expect(fresh(code)).toBe(code)
})

test('where a reader may fold the mail is the first line that only quotes', () => {
  expect(quotedTail(['Yes it is.', '', 'On 6 Jan 2025, at 9:00, Ann <ann@x.example> wrote:', '> Is it?'])).toBe(2)
  expect(quotedTail(['Yes it is.', '', '-- ', 'Ann'])).toBe(-1)
})

describe('no word is ever lost', () => {
  const pieces = [
    'Hello there',
    'It is broken.',
    '',
    '',
    '> quoted',
    '>> deeper',
    '-- ',
    '--',
    '____________',
    'Sent from my iPhone',
    'On 6 Jan 2025, at 9:00, Ann <ann@x.example> wrote:',
    'Am 06.01.2025 um 09:00 schrieb Ann:',
    '-----Original Message-----',
    'From: Ann <ann@x.example>',
    'Sent: Monday',
    'To: Bo',
    'Subject: Lamp',
    '```',
    'Begin forwarded message:',
    '| bar',
    'On 6 Jan 2025,',
    'wrote:',
    '<',
    '***',
    'Ann Lee',
    '你好',
    'C> old',
    '\t',
    '\r',
  ]
  const line = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ maxLength: 30 }) })
  const mail = fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n'))
  const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean)

  test('fresh, quoted and signature together are every word, each part in its order', () => {
    fc.assert(
      fc.property(mail, (text) => {
        const parts = Object.values(splitReply(text)).map(wordsOf)
        expect(parts.flat().sort()).toEqual(wordsOf(text).sort())
        for (const part of parts) {
          let at = 0
          for (const word of wordsOf(text)) if (word === part[at]) at += 1
          expect(at).toBe(part.length)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('words above everything else stay fresh', () => {
    fc.assert(
      fc.property(mail, (below) => {
        expect(fresh(`My lamp is broken since Monday, please help.\n\n${below}`)).toContain('My lamp is broken since Monday, please help.')
      }),
    )
  })
})
