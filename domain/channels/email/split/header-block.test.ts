import { describe, expect, test } from 'vitest'
import { splitReply } from '../split-text.ts'

const fresh = (text: string) => splitReply(text).fresh

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
