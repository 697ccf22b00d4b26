import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { htmlToText } from './html-text.ts'
import { parseMail } from './parse.ts'
import { splitHtml } from './split-html.ts'

const OLD = 'Does it work? Yours, Bo'
const NEW = 'It works now, thank you.'
const seen = (html: string) => {
  const { fresh, quoted } = splitHtml(html)
  return { fresh: htmlToText(fresh), quoted: quoted === null ? null : htmlToText(quoted) }
}

test.each([
  [
    'Gmail',
    `<div dir="ltr">${NEW}</div><br><div class="gmail_quote gmail_quote_container"><div class="gmail_attr">On Mon, 6 Jan 2025 at 09:00, Bo &lt;<a href="mailto:bo@x.example">bo@x.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote">${OLD}</blockquote></div>`,
  ],
  [
    'Apple Mail',
    `<body>${NEW}<div><br><blockquote type="cite"><div>On 6 Jan 2025, at 09:00, Bo &lt;bo@x.example&gt; wrote:</div><br><div>${OLD}</div></blockquote></div></body>`,
  ],
  [
    'Thunderbird',
    `<p>${NEW}</p><div class="moz-cite-prefix">On 06.01.25 09:00, Bo wrote:<br></div><blockquote type="cite" cite="mid:1@x.example">${OLD}</blockquote>`,
  ],
  [
    'Outlook on the web',
    `<div>${NEW}</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Bo &lt;bo@x.example&gt;<br><b>Sent:</b> Monday, January 6, 2025<br><b>To:</b> Ann<br><b>Subject:</b> Lamp</div><div>${OLD}</div>`,
  ],
  [
    'Outlook for Windows',
    `<div class="WordSection1"><p class="MsoNormal">${NEW}</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>Von:</b> Bo &lt;bo@x.example&gt;<br><b>Gesendet:</b> Montag, 6. Januar 2025 09:00<br><b>An:</b> Ann<br><b>Betreff:</b> Lampe</p></div></div><p class="MsoNormal">${OLD}</p></div>`,
  ],
  [
    'Outlook on a phone',
    `<div>${NEW}</div><div id="ms-outlook-mobile-signature">Get Outlook for iOS</div><div id="mail-editor-reference-message-container"><hr><div><b>From:</b> Bo</div><div>${OLD}</div></div>`,
  ],
  [
    'Yahoo',
    `<div>${NEW}</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Monday, January 6, 2025 at 09:00:00 AM GMT+1, Bo &lt;bo@x.example&gt; wrote:</div><div>${OLD}</div></div>`,
  ],
  [
    'Proton',
    `<div>${NEW}</div><div class="protonmail_quote">On Monday, January 6th, 2025 at 09:00, Bo &lt;bo@x.example&gt; wrote:<br><blockquote class="protonmail_quote" type="cite">${OLD}</blockquote></div>`,
  ],
  [
    'Zimbra',
    `<div>${NEW}<br><br><hr id="zwchr"><b>From: </b>bo@x.example<br><b>To: </b>ann@x.example<br><b>Sent: </b>Monday, January 6, 2025<br><b>Subject: </b>Lamp<br><br>${OLD}</div>`,
  ],
  [
    'AOL',
    `<font>${NEW}<br><br><div>-----Original Message-----<br>From: Bo &lt;bo@x.example&gt;<br>To: Ann<br>Sent: Mon, Jan 6, 2025<br>Subject: Lamp<br><br>${OLD}</div></font>`,
  ],
  [
    'an indented block under its attribution',
    `<p>${NEW}</p><p>Am 06.01.2025 um 09:00 schrieb Bo &lt;bo@x.example&gt;:</p><blockquote style="margin-left:40px">${OLD}</blockquote>`,
  ],
  ['Hotmail of old', `<div>${NEW}<br><br><div>&gt; Subject: Lamp<br>&gt; From: bo@x.example<br>&gt; <br>&gt; ${OLD}<br></div></div>`],
])('the quotation of %s is found', (_, html) => {
  const found = seen(html)
  expect(found.fresh).toContain(NEW)
  expect(found.fresh).not.toMatch(/Does it work|wrote:|schrieb|From:|Von:/)
  expect(found.quoted).toContain(OLD)
})

describe('when unsure nothing is cut', () => {
  test.each([
    [
      'answers among the quotation',
      `<blockquote type="cite">Is it green?</blockquote><p>Yes.</p><blockquote type="cite">Is it loud?</blockquote><p>No.</p>`,
    ],
    ['words below as well as above', `<p>Hello</p><blockquote type="cite">${OLD}</blockquote><p>${NEW}</p>`],
    [
      'a forwarded message without a word',
      `<div id="divRplyFwdMsg"><b>From:</b> Bo<br><b>Sent:</b> Monday<br><b>To:</b> Ann<br><b>Subject:</b> Lamp</div><div>${OLD}</div>`,
    ],
    ['an indented block the customer wrote', `<p>The page says</p><blockquote>Lamps never break.</blockquote>`],
    ['a rule the customer drew', `<p>One</p><hr><p>Two</p>`],
    ['no HTML', 'just words'],
  ])('%s', (_, html) => {
    expect(splitHtml(html)).toEqual({ fresh: html, quoted: null })
  })
})

test('an answer below one whole quotation stands alone', () => {
  expect(
    seen(`<div>On 6 Jan 2025, at 09:00, Bo &lt;bo@x.example&gt; wrote:</div><blockquote type="cite">${OLD}</blockquote><p>${NEW}</p>`)
      .fresh,
  ).toBe(NEW)
})

test('the HTML of real mail programs is split like their text', async () => {
  for (const [name, words] of [
    ['gmail-reply.eml', 'Can I send it back?'],
    ['outlook-reply.eml', 'beloppet stämmer inte'],
  ] as const) {
    const mail = await parseMail(readFileSync(new URL(`../../../test/fixtures/mail/${name}`, import.meta.url)))
    const found = seen((mail.ok && mail.mail.html) || '')
    expect(found.fresh).toContain(words)
    expect(found.quoted).not.toBeNull()
  }
})

test('both halves together are the whole', () => {
  const piece = fc.constantFrom(
    '<p>',
    '</p>',
    '<div>',
    '</div>',
    'word ',
    '<blockquote type=cite>',
    '</blockquote>',
    '<div id=appendonsend>',
    '<hr>',
    'From: Bo &lt;bo@x.example&gt;<br>',
    'Subject: x<br>',
    '-----Original Message-----<br>',
    '<br>',
    '&gt; old<br>',
    '<',
    '<!--',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const html = pieces.join('')
      const { fresh, quoted } = splitHtml(html)
      expect([html, fresh + (quoted ?? ''), (quoted ?? '') + fresh]).toContain(
        fresh + (quoted ?? '') === html ? html : (quoted ?? '') + fresh,
      )
      expect(fresh.length + (quoted?.length ?? 0)).toBe(html.length)
    }),
  )
})
