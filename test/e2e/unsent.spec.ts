import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, openDesk, plainMail } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk?.close())

type Entries = { items: { type: string; direction?: string; text?: string }[] }
const notesOf = async (id: string) => {
  const { items } = await desk.api<Entries>('GET', `/conversations/${id}/timeline`)
  return items.filter((it) => it.direction === 'internal').map((it) => it.text)
}

test('notes written without a connection wait in a queue, survive the page, and arrive once each, in order', async () => {
  const { conversation } = await desk.mail(plainMail('Asha Devan <asha@books.example>', 'Gift cards', 'Can 340 cards come across?'))
  const page = await desk.open(`/inbox/all/${conversation.id}`)
  const field = page.getByRole('textbox', { name: 'Internal note' })
  await page.getByRole('button', { name: 'Note', exact: true }).click()
  await field.waitFor()
  // The server does not answer, and then answers nothing at all of what it did.
  await page.route('**/messages', (route) => route.abort())
  for (const words of ['Tomasz has the old export', 'It is a spreadsheet']) {
    await field.fill(words)
    await page.keyboard.press('Control+Enter')
  }
  const mine = page.getByRole('article', { name: 'Message from You' })
  await mine.nth(1).getByText('Not sent yet').waitFor()
  expect(await field.inputValue()).toBe('')

  await page.reload()
  await mine.nth(1).getByText('It is a spreadsheet').waitFor()
  expect(await notesOf(conversation.id)).toEqual([])

  await page.unroute('**/messages')
  await page.goto(`${desk.sinew.address}/people`)
  await expect.poll(() => notesOf(conversation.id), { timeout: 10_000 }).toEqual(['Tomasz has the old export', 'It is a spreadsheet'])
})

test('an answer lost on the way does not write the note twice', async () => {
  const { conversation } = await desk.mail(plainMail('Petra <petra@fjord.example>', 'Refund', 'Is that possible?'))
  const page = await desk.open(`/inbox/all/${conversation.id}`)
  let lost = 0
  await page.route('**/messages', async (route) => {
    if (lost++ > 0) return route.continue()
    await route.fetch()
    return route.abort()
  })
  await page.getByRole('button', { name: 'Note', exact: true }).click()
  await page.getByRole('textbox', { name: 'Internal note' }).fill('Yes, with the card')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => lost, { timeout: 10_000 }).toBeGreaterThan(1)
  await expect.poll(() => page.getByText('Not sent yet').count()).toBe(0)
  expect(await notesOf(conversation.id)).toEqual(['Yes, with the card'])
})

test('what the server refuses keeps its words on screen until somebody decides', async () => {
  const { conversation } = await desk.mail(plainMail('Theo <theo@petit.example>', 'Tips', 'They are missing.'))
  const page = await desk.open(`/inbox/all/${conversation.id}`)
  const refusal = { error: { code: 'forbidden', message: 'You may not write here any more.' } }
  await page.route('**/messages', (route) => route.fulfill({ status: 403, json: refusal }))
  await page.getByRole('button', { name: 'Note', exact: true }).click()
  await page.getByRole('textbox', { name: 'Internal note' }).fill('Ask the staff report')
  await page.keyboard.press('Control+Enter')
  await page.getByText('You may not write here any more.').waitFor()
  await page.unroute('**/messages')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.poll(() => notesOf(conversation.id)).toEqual(['Ask the staff report'])
})
