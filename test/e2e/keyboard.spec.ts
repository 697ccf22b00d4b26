import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, openDesk, plainMail } from '../support/desk.ts'

let desk: Desk
let opened = ''
beforeAll(async () => {
  desk = await openDesk()
  opened = (await desk.mail(plainMail('Rowan Bell <rowan@bell.example>', 'The second till', 'Only one counts from zero.'))).conversation.id
})
afterAll(() => desk?.close())

test('single-key shortcuts are turned off on this device; with Alt they still work', async () => {
  const page = await desk.open('/settings/profile')
  await page.getByLabel('Single-key shortcuts').uncheck({ force: true })
  await page.goto(`${desk.sinew.address}/inbox/all/${opened}`)
  const close = page.getByRole('button', { name: 'Close', exact: true })
  await close.waitFor()
  expect(await close.getAttribute('aria-keyshortcuts')).toBe('Alt+E')

  await page.keyboard.press('e')
  await page.keyboard.press('?')
  await page.waitForTimeout(300)
  expect(await page.getByRole('dialog').count()).toBe(0)
  await close.waitFor()

  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('What would you like to do?').fill('shortcuts')
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await sheet.getByText('Press them with Alt').waitFor()
  await sheet.getByText('Alt E', { exact: true }).waitFor()
  expect(await sheet.getByText('Show keyboard shortcuts').count()).toBe(0)
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'hidden' })

  await page.keyboard.press('Alt+e')
  await page.getByText('Closed: The second till').waitFor()
})
