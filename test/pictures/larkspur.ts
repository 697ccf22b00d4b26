import MailComposer from 'nodemailer/lib/mail-composer/index.js'

/** A mail of the picture's world: how many minutes ago, from whom, what about, and the words. */
export type Written = {
  ago: number
  from: string
  to?: string
  subject: string
  text: string
  answers?: string
  id?: string
  file?: string
}

export const support = 'help@larkspur.example'
const elena = 'Elena Marchetti <elena@juniperstreet.example>'
const day = 24 * 60

/** What customers of Larkspur, which sells tills to small shops, wrote until this morning. */
export const earlier: readonly Written[] = [
  {
    ago: 5 * day,
    from: 'Kirsten Noll <kirsten@noll-optik.example>',
    subject: 'Offline sales did not sync',
    text: 'We had no internet for two hours at the market on Saturday. Eleven sales are on the till but not in the report.',
  },
  {
    ago: 4 * day,
    from: 'Théo Garnier <theo@petitgarnier.example>',
    subject: 'Tips are missing in the staff report',
    text: 'They show on the day, but not in the month. My people ask me every evening.',
  },
  {
    ago: 3 * day,
    from: 'Moss & Wick <office@mossandwick.example>',
    subject: 'Invoice address changed',
    text: 'We moved to number 14 last week. Could the next invoice go there, please?',
  },
  {
    ago: 2 * day,
    from: 'Asha Devan <asha@devanbooks.example>',
    subject: 'Gift cards from the old system',
    text: 'Is there a way to bring 340 cards across? They are in a spreadsheet with their balances.',
  },
  {
    ago: 62,
    from: 'Petra Lindgren <petra@fjordkaffe.example>',
    subject: 'Can I refund without the receipt?',
    text: 'The customer has the card, but no receipt any more. It was on Friday, 212 kronor.',
  },
  {
    ago: 41,
    from: 'Yusuf Öztürk <yusuf@ozturkbakkal.example>',
    subject: 'VAT on the March export is 0.01 off',
    text: 'Our accountant says every page of it is off by one cent. Nothing else has changed.',
  },
  {
    ago: 29,
    from: 'Harbour Café <till@harbourcafe.example>',
    subject: 'Re: Blank receipts',
    text: 'Setting it to 58 worked. Thank you, we are printing again.',
  },
  {
    ago: 24,
    id: 'blank@juniperstreet.example',
    from: elena,
    subject: 'Receipts come out blank today',
    text:
      'Hello, since this morning every receipt comes out of the printer blank. The paper moves but there is nothing on it. ' +
      'We let the till update last night when it asked. I turned everything off and on, and followed “Pair the printer again”. ' +
      'A photo is attached. There is a queue at my counter, please hurry.\n\n-- \nElena Marchetti\nJuniper Street Bakery',
    file: 'till-and-receipt.jpg',
  },
]

/** What Sara answered. */
export const answered: readonly Written[] = [
  {
    ago: 12,
    id: 'answer@larkspur.example',
    answers: 'blank@juniperstreet.example',
    from: 'Sara Adeyemi <sara@larkspur.example>',
    to: elena,
    subject: 'Re: Receipts come out blank today',
    text:
      'Good morning Elena, sorry about the queue. Open Settings → Printers and tell me which paper width it shows, please: ' +
      '58 or 80 mm?',
  },
]

/** What arrives while the picture is set up: unread. */
export const received: readonly Written[] = [
  {
    ago: 0,
    from: 'Rowan Bell <rowan@bellandsons.example>',
    subject: 'Second till shows yesterday’s float',
    text: 'Both tills were closed at six, but only one counts from zero this morning.',
  },
  {
    ago: 0,
    from: 'Ines Duarte <ines@cantinho.example>',
    subject: 'Print the menu in Portuguese',
    text: 'The menu is there, but its headings stay English. Where is the language?',
  },
  {
    ago: 0,
    from: elena,
    answers: 'answer@larkspur.example',
    subject: 'Re: Receipts come out blank today',
    text: 'It says 80 mm. Ours is the small one.',
  },
]

/** What nobody has taken yet. */
export const unowned: readonly Written[] = [
  { ago: 95, from: 'Nadia Brandt <nadia@brandt-floral.example>', subject: 'Card reader asks for a code', text: 'Which code is that?' },
  { ago: 80, from: 'Jonas Weil <jonas@weilrad.example>', subject: 'New till for the workshop', text: 'Can it share the stock?' },
  { ago: 33, from: 'Luc Renard <luc@fromagerie-renard.example>', subject: 'Scale is not found', text: 'It was there yesterday.' },
]

/** The mail as a program would have sent it. */
export function written({ ago, from, to = support, subject, text, answers, id, file }: Written): Promise<Buffer> {
  return new MailComposer({
    date: new Date(Date.now() - ago * 60_000),
    from,
    to,
    subject,
    text,
    ...(id ? { messageId: `<${id}>` } : {}),
    ...(answers ? { inReplyTo: `<${answers}>` } : {}),
    ...(file ? { attachments: [{ filename: file, content: Buffer.alloc(184_320, 7) }] } : {}),
  })
    .compile()
    .build()
}
