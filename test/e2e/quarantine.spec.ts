import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, openDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk?.close())

const unreadable = new Uint8Array([0, 1, 2, 3, 254, 255])

test('what could not be read can be looked at, tried again and deleted', async () => {
  const page = await desk.open('/settings/quarantine')
  await page.getByRole('heading', { name: 'Nothing in quarantine' }).waitFor()
  await desk.mail(unreadable)
  const look = page.getByRole('button', { name: /^Look/ })
  await look.waitFor({ timeout: 3000 })

  await look.click()
  await page.getByRole('dialog', { name: 'Raw source' }).waitFor()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: /^Try again/ }).click()
  await page.getByText('It still cannot be understood. It stays here.').waitFor()

  await page.getByRole('button', { name: /^Delete for good/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click()
  await page.getByRole('heading', { name: 'Nothing in quarantine' }).waitFor()
  expect((await desk.api<{ items: unknown[] }>('GET', '/quarantine')).items).toEqual([])
})
