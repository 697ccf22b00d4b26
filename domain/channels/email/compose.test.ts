import { expect, test } from 'vitest'
import { htmlPage, quotation, textToHtml } from './compose.ts'
import { htmlToText } from './html-text.ts'
import { splitHtml } from './split-html.ts'
import { splitReply } from './split-text.ts'
import { replySubject } from './subject.ts'

const said = {
  at: new Date('2026-11-21T15:04:00Z'),
  name: 'Elena Marchetti',
  address: 'elena@juniper.example',
  text: 'It drips.\n\n> Does it drip?\n\nElena',
  html: '<p>It drips.</p><img src="/api/v1/attachments/1">',
}

test('plain words become HTML that reads the same and acts in no way', () => {
  const text = 'Dear Elena,\n\n  1. open <it> & "look"\n  2. close it\n\nBye'
  const html = textToHtml(text)
  expect(html).toBe(
    '<p>Dear Elena,</p>\n<p>&nbsp;&nbsp;1. open &lt;it&gt; &amp; &quot;look&quot;<br>\n&nbsp;&nbsp;2. close it</p>\n<p>Bye</p>',
  )
  expect(htmlToText(textToHtml('<script>alert(1)</script>'))).toBe('<script>alert(1)</script>')
})

test('what an answer quotes is folded away by whoever reads it, in text and in HTML', () => {
  const quote = quotation(said)
  expect(quote.text).toBe(
    'On Sat, Nov 21, 2026 at 3:04 PM Elena Marchetti <elena@juniper.example> wrote:\n> It drips.\n>\n>> Does it drip?\n>\n> Elena',
  )
  expect(splitReply(`We will come.\n\n${quote.text}`).fresh.trim()).toBe('We will come.')
  const { fresh, quoted } = splitHtml(htmlPage('<p>We will come.</p>', quote.html))
  expect([htmlToText(fresh), quoted?.includes('It drips.')]).toEqual(['We will come.', true])
})

test('a quotation takes no pictures along, and does not grow for ever', () => {
  expect(quotation(said).html).not.toContain('<img')
  expect(quotation({ ...said, text: 'x'.repeat(300_000), html: null }).text.length).toBeLessThan(110_000)
})

test('who has no name is quoted by address, who has no address by name', () => {
  expect(quotation({ ...said, name: '' }).text).toMatch(/PM elena@juniper\.example wrote:/)
  expect(quotation({ ...said, address: null }).text).toMatch(/PM Elena Marchetti wrote:/)
})

test('pictures held back from us load where the mail arrives', () => {
  expect(htmlPage('<img alt="x" data-remote-src="https://x.example/a.png">')).toContain('<img alt="x" src="https://x.example/a.png">')
})

test.each([
  ['The kettle drips', 'Re: The kettle drips'],
  ['Re: AW: [EXTERNAL] The kettle drips', 'Re: The kettle drips'],
  ['', 'Re:'],
])('an answer to “%s” says Re: once', (subject, answer) => expect(replySubject(subject)).toBe(answer))
