import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, openDesk, plainMail } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk?.close())

const boundary = 'edge-of-the-parts'
const richMail = [
  'From: Elena Marchetti <elena@juniper.example>',
  'To: help@larkspur.example',
  'Subject: Receipts come out blank today',
  'Message-ID: <rich@juniper.example>',
  'MIME-Version: 1.0',
  `Content-Type: multipart/mixed; boundary=${boundary}`,
  '',
  `--${boundary}`,
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>The paper <b>moves</b>, but it is blank.</p><script>document.title = "taken over"</script><p onclick="alert(1)">Please hurry.</p>',
  '<img src="https://tracker.example/pixel.png"><a href="javascript:alert(1)">press</a>',
  '<div class="gmail_quote">On Mon, 9 Mar 2026, Larkspur wrote:<blockquote>An older answer</blockquote></div>',
  `--${boundary}`,
  'Content-Type: application/pdf; name="till.pdf"',
  'Content-Disposition: attachment; filename="till.pdf"',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('%PDF-1.4 a till').toString('base64'),
  `--${boundary}--`,
  '',
].join('\r\n')

test('a mail appears within a second in an open browser, unread, and opens safely', async () => {
  const page = await desk.open('/inbox/unassigned')
  await page.getByRole('heading', { name: 'Nothing unassigned' }).waitFor()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.waitForTimeout(700)
  const began = Date.now()
  await desk.mail(richMail)
  const row = page.getByRole('link', { name: /Elena Marchetti.*Receipts come out blank today/ })
  await row.waitFor({ timeout: 3000 })
  expect(Date.now() - began).toBeLessThan(1000)
  await row.getByRole('img', { name: 'unread' }).waitFor()

  await row.click()
  const message = page.getByRole('article', { name: 'Message from Elena Marchetti' })
  const body = message.frameLocator('iframe').first()
  await body.getByText('moves').waitFor()
  expect(await body.locator('script').count()).toBe(0)
  expect(await body.locator('[onclick]').count()).toBe(0)
  expect(await body.locator('a[href^="javascript"]').count()).toBe(0)
  expect(await page.title()).toBe('Receipts come out blank today · Sinew')
  expect(asked.filter((url) => url.includes('tracker.example'))).toEqual([])

  const quoted = message.getByRole('button', { name: /^Show \d+ quoted line/ })
  expect(await message.getByText('An older answer').count()).toBe(0)
  await quoted.click()
  await message.frameLocator('iframe').last().getByText('An older answer').waitFor()

  await message.getByRole('link', { name: /Download till.pdf/ }).waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), message.getByRole('link', { name: /Download till.pdf/ }).click()])
  expect(download.suggestedFilename()).toBe('till.pdf')

  await message.getByRole('button', { name: 'Load images' }).click()
  await expect.poll(() => asked.some((url) => url.includes('tracker.example'))).toBe(true)

  await message.getByRole('button', { name: 'More about this message' }).click()
  await page.getByRole('menuitem', { name: 'Raw source' }).click()
  await page.getByRole('dialog').getByText('Message-ID: <rich@juniper.example>').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => row.getByRole('img', { name: 'unread' }).count(), { message: 'seen once it was open' }).toBe(0)
})

test('take, note, close, undo and reopen by keyboard alone', async () => {
  const { conversation } = await desk.mail(plainMail('Rowan Bell <rowan@bell.example>', 'The second till', 'Only one counts from zero.'))
  const page = await desk.open('/inbox/unassigned')
  const row = page.getByRole('link', { name: /The second till/ })
  await row.waitFor()
  await page.keyboard.press('j')
  await expect.poll(() => row.evaluate((it) => it === document.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'The second till', level: 1 }).waitFor()

  await page.keyboard.press('a')
  await page.getByPlaceholder('Person or team').fill('Sara')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByText('You took this').waitFor()
  await page.getByRole('button', { name: 'Owner: You' }).waitFor()

  await page.keyboard.press('n')
  await page.keyboard.type('Looks like the float. (e and j stay letters here)')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('article', { name: 'Message from You' }).getByText('Looks like the float.').waitFor()
  await page.keyboard.press('Escape')

  await page.goto(`${desk.sinew.address}/inbox/mine/${conversation.id}`)
  await page.getByRole('heading', { name: 'The second till', level: 1 }).waitFor()
  await page.keyboard.press('e')
  await page.getByText('Closed: The second till').waitFor()
  await page.getByRole('heading', { name: 'All answered' }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('link', { name: /The second till/ }).waitFor()

  await page.goto(`${desk.sinew.address}/inbox/all/${conversation.id}`)
  await page.getByText('You closed this').waitFor()
  await page.getByText('You reopened this').waitFor()
  await page.keyboard.press('s')
  await page.getByRole('button', { name: /Tomorrow morning/ }).click()
  await expect.poll(async () => (await desk.api<{ status: string }>('GET', `/conversations/${conversation.id}`)).status).toBe('snoozed')
})

test('a note survives leaving the page before it is sent', async () => {
  const { conversation } = await desk.mail(plainMail('Asha Devan <asha@books.example>', 'Gift cards', 'Can 340 cards come across?'))
  const page = await desk.open(`/inbox/all/${conversation.id}`)
  const field = page.getByRole('textbox', { name: 'Internal note' })
  await page.getByRole('button', { name: 'Note', exact: true }).click()
  await field.fill('Ask Tomasz about the old export')
  await page.reload()
  await expect.poll(() => field.inputValue()).toBe('Ask Tomasz about the old export')
})

test('two browsers see what the other does', async () => {
  const { conversation } = await desk.mail(
    plainMail('Petra Lindgren <petra@fjord.example>', 'Refund without a receipt', 'Is that possible?'),
  )
  const [mine, theirs] = await Promise.all([desk.open(`/inbox/all/${conversation.id}`), desk.colleague('/inbox/unassigned')])
  const row = theirs.getByRole('link', { name: /Refund without a receipt/ })
  await row.waitFor()
  await mine.getByRole('heading', { name: 'Refund without a receipt', level: 1 }).waitFor()
  await row.click()
  await theirs.getByRole('heading', { name: 'Refund without a receipt', level: 1 }).waitFor()

  await mine.keyboard.press('Shift+A')
  await theirs.getByRole('button', { name: 'Owner: Sara Adeyemi' }).waitFor()
  await expect.poll(() => row.count(), { message: 'it is no longer unassigned' }).toBe(0)

  await theirs.getByRole('button', { name: 'Note', exact: true }).click()
  await theirs.getByRole('textbox', { name: 'Internal note' }).fill('Yes, with the card it was paid with')
  await theirs.keyboard.press('Control+Enter')
  await mine.getByRole('article', { name: 'Message from Mara Lindqvist' }).getByText('Yes, with the card').waitFor()

  await theirs.keyboard.press('Escape')
  await theirs.keyboard.press('e')
  await mine.getByRole('button', { name: 'Reopen' }).waitFor()
  await mine.getByText('Mara Lindqvist closed this').waitFor()
})

test('a stranger in the thread takes part only after somebody says so', async () => {
  await desk.mail(
    plainMail('Yusuf Ozturk <yusuf@bakkal.example>', 'VAT is 0.01 off', 'See the export.', ['X-Id: 1']).replace(
      /Message-ID: .*/,
      'Message-ID: <vat@bakkal.example>',
    ),
  )
  const { conversation } = await desk.mail(
    plainMail('Deniz <deniz@accountant.example>', 'Re: VAT is 0.01 off', 'I do the books.', [
      'In-Reply-To: <vat@bakkal.example>',
      'References: <vat@bakkal.example>',
    ]),
  )
  const page = await desk.open(`/inbox/all/${conversation.id}`)
  await page.getByText('Deniz is not part of this conversation.').waitFor()
  await page.getByRole('button', { name: 'Let them take part' }).click()
  await expect.poll(() => page.getByText('Deniz is not part of this conversation.').count()).toBe(0)
})

test('deleting for good asks for the number', async () => {
  const { conversation } = await desk.mail(plainMail('Theo <theo@petit.example>', 'Please forget me', 'Thank you.'))
  const { number } = await desk.api<{ number: number }>('GET', `/conversations/${conversation.id}`)
  const page = await desk.open(`/inbox/all/${conversation.id}`)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Delete for good' }).click()
  const dialog = page.getByRole('dialog')
  const sure = dialog.getByRole('button', { name: 'Delete for good' })
  expect(await sure.isDisabled()).toBe(true)
  await dialog.getByLabel(`Type ${number} to go on`).fill(String(number))
  await sure.click()
  await page.getByText('Deleted for good').waitFor()
  await page.goto(`${desk.sinew.address}/inbox/all/${conversation.id}`)
  await page.getByRole('heading', { name: 'This conversation is not here' }).waitFor()
})

test('the palette and the help sheet know what can be done', async () => {
  const page = await desk.open('/inbox/unassigned')
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('What would you like to do?').fill('people')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'People', level: 1 }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Next conversation').waitFor()
})
