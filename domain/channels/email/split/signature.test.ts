import { describe, expect, test } from 'vitest'
import { splitReply } from '../split-text.ts'

const fresh = (text: string) => splitReply(text).fresh

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
