import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, expectAccessible, openDesk, plainMail } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  await desk.api('POST', '/channels', { name: 'Help', address: 'help@larkspur.example' })
})
afterAll(() => desk?.close())

const words = 'Choose 58 mm, press Save, then Print test.'
type Entries = { items: { direction?: string; text?: string }[] }
const repliesTo = async (id: string) => {
  const { items } = await desk.api<Entries>('GET', `/conversations/${id}/timeline`)
  return items.filter((it) => it.direction === 'out').map((it) => it.text)
}

test('a reply by keyboard can be taken back with its words, and goes out once nobody does', async () => {
  const { conversation } = await desk.mail(plainMail('Elena Marchetti <elena@juniper.example>', 'Receipts', 'They are blank.'))
  const page = await desk.open(`/inbox/all/${conversation.id}`)
  const field = page.getByRole('textbox', { name: 'Reply to Elena Marchetti' })
  const ours = page.getByRole('article', { name: 'Message from You' })
  await page.getByRole('article', { name: 'Message from Elena Marchetti' }).waitFor()
  await page.keyboard.press('r')
  await page.keyboard.type(words)
  await page.keyboard.press('Control+Enter')
  await page.getByText(/^Sending to Elena Marchetti in \d+ s$/).waitFor()
  await ours.getByText('Waiting to go out').waitFor()
  expect(await field.inputValue()).toBe('')
  await expectAccessible(page)

  await page.keyboard.press('z')
  await expect.poll(() => field.inputValue()).toBe(words)
  await expect.poll(() => ours.count()).toBe(0)
  expect(await repliesTo(conversation.id)).toEqual([])

  await page.keyboard.press('Control+Enter')
  await ours.getByText('Written to the outbox folder').waitFor({ timeout: 25_000 })
  expect(await page.getByText(/^Sending to/).count()).toBe(0)
  expect(await repliesTo(conversation.id)).toEqual([words])
  await expectAccessible(page)
})

test('when the customer wrote meanwhile, nothing goes out and the text stays', async () => {
  const from = 'Rowan Bell <rowan@bell.example>'
  const { conversation } = await desk.mail(
    plainMail(from, 'The float', 'It is off.').replace(/Message-ID: .*/, 'Message-ID: <float@bell.example>'),
  )
  const page = await desk.open(`/inbox/all/${conversation.id}`)
  const field = page.getByRole('textbox', { name: 'Reply to Rowan Bell' })
  await page.getByText('It is off.', { exact: true }).last().waitFor()
  // What comes now does not reach this screen.
  await page.route('**/timeline?*', (route) => route.abort())
  await desk.mail(plainMail(from, 'Re: The float', 'By ten euros.', ['In-Reply-To: <float@bell.example>']))
  await field.fill('Count again, please')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('alert').getByText('The customer wrote again, and this was not sent.').waitFor()
  expect(await field.inputValue()).toBe('Count again, please')
  expect(await repliesTo(conversation.id)).toEqual([])

  await page.unroute('**/timeline?*')
  await page.reload()
  await page.getByText('By ten euros.').last().waitFor()
  expect(await field.inputValue(), 'it is kept on this device').toBe('Count again, please')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText(/^Sending to Rowan Bell in/).waitFor()
})
