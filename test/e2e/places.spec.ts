import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, openDesk, plainMail } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk?.close())

const long = 'More about the till, and what we tried. '.repeat(40)
const place = (url: string) => new URL(url).pathname

test('the inbox opens where work waits, then where one was, and not in an empty list', async () => {
  const { conversation } = await desk.mail(plainMail('Rowan Bell <rowan@bell.example>', 'The second till', 'It counts from six.'))
  const page = await desk.open('/')
  await page.getByRole('link', { name: /The second till/ }).waitFor()
  expect(place(page.url())).toBe('/inbox/unassigned')

  const { person } = await desk.api<{ person: { id: string } }>('GET', '/me')
  await desk.api('PATCH', `/conversations/${conversation.id}`, { owner: person.id })
  await page.goto(desk.sinew.address)
  await page.getByRole('heading', { name: 'Mine', level: 1 }).waitFor()

  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Closed' }).click()
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('heading', { name: 'People', level: 1 }).waitFor()
  await page.getByRole('link', { name: 'Inbox', exact: true }).click()
  await page.getByRole('heading', { name: 'Closed', level: 1 }).waitFor()
})

test('a conversation opens at the first words one has not read, and keeps its place while more arrives', async () => {
  const id = (n: number) => `<thread-${n}@conti.example>`
  const write = (n: number) =>
    desk.mail(
      plainMail('Dario Conti <dario@conti.example>', n ? 'Re: Many words' : 'Many words', `Letter ${n}. ${long}`, [
        ...(n ? [`In-Reply-To: ${id(n - 1)}`, `References: ${id(n - 1)}`] : []),
      ]).replace(/Message-ID: .*/, `Message-ID: ${id(n)}`),
    )
  const { conversation } = await write(0)
  await write(1)
  await desk.api('POST', `/conversations/${conversation.id}/messages`, { kind: 'note', text: 'Waiting for the rest of it' })
  for (const n of [2, 3, 4]) await write(n)
  const page = await desk.open(`/inbox/all/${conversation.id}`, { height: 700 })
  const letter = (n: number) => page.getByRole('list', { name: 'Timeline' }).getByText(`Letter ${n}.`)
  await letter(4).waitFor()
  const top = (n: number) => letter(n).evaluate((it) => it.getBoundingClientRect().top)
  await expect.poll(() => top(2)).toBeLessThan(200)
  const before = await top(2)
  expect(before).toBeGreaterThan(50)
  await write(5)
  await letter(5).waitFor({ state: 'attached' })
  expect(Math.abs((await top(2)) - before)).toBeLessThan(2)
})

test('a customer is deleted by typing their name', async () => {
  const { conversation } = await desk.mail(plainMail('Theo Garnier <theo@petit.example>', 'Please forget me', 'Thank you.'))
  const page = await desk.open(`/inbox/all/${conversation.id}`)
  await page.getByRole('button', { name: 'Delete this customer for good' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete Theo Garnier for good' })
  await dialog.getByText('the raw mail and the files are deleted').waitFor()
  const sure = dialog.getByRole('button', { name: 'Delete for good' })
  expect(await sure.isDisabled()).toBe(true)
  await dialog.getByLabel('Type Theo Garnier to go on').fill('theo garnier')
  await sure.click()
  await page.getByText('Deleted for good').waitFor()
})

test('a list of more than a hundred goes on, and its end is found by typing', async () => {
  for (let n = 0; n < 101; n++) await desk.api('POST', '/organisations', { name: `Partner ${String(n).padStart(3, '0')}`, kind: 'partner' })
  const page = await desk.open('/people/organisations')
  await page.getByText('Partner 050').waitFor()
  expect(await page.getByText('Partner 100').count()).toBe(0)
  await page.getByRole('button', { name: 'Show more' }).click()
  await page.getByText('Partner 100').waitFor()
  expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0)
})

test('what could not be loaded while the server was away comes by itself when it is back', async () => {
  await desk.mail(plainMail('Asha Devan <asha@books.example>', 'Gift cards', 'Can 340 cards come across?'))
  const page = await desk.open('/inbox/closed')
  await page.getByRole('heading', { name: 'Closed', level: 1 }).waitFor()
  const away = /\/api\/v1\/(events|conversations\?.*unassigned)/
  await page.route(away, (route) => route.abort())
  await page.reload()
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Unassigned' }).click()
  await page.getByRole('heading', { name: 'This could not be loaded' }).waitFor({ timeout: 15_000 })
  await page.unroute(away)
  await page.getByRole('link', { name: /Gift cards/ }).waitFor({ timeout: 20_000 })
})

test('a session that ends elsewhere leads to sign-in and back to the same place', async () => {
  const page = await desk.open('/inbox/unassigned')
  await page.getByRole('heading', { name: 'Unassigned', level: 1 }).waitFor()
  await page.context().clearCookies()
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.getByLabel('E-mail address').fill('sara@larkspur.example')
  await page.getByLabel('Password', { exact: true }).fill('a calm long password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'People', level: 1 }).waitFor()
  expect(place(page.url())).toBe('/people')
})
