import { describe, expect, test } from 'vitest'
import { splitReply } from '../split-text.ts'

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
