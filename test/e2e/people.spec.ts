import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, openDesk, password } from '../support/desk.ts'
import { codeFor } from '../support/totp.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk?.close())

test('a person is invited by a link and joins a private team', async () => {
  const page = await desk.open('/people')
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.getByRole('dialog').getByLabel('E-mail address').fill('tomasz@larkspur.example')
  await page.getByRole('button', { name: 'Make the link' }).click()
  const link = await page.getByRole('textbox', { name: 'Invitation link' }).inputValue()
  await page.keyboard.press('Escape')

  const newcomer = await (await desk.browser.newContext()).newPage()
  await newcomer.goto(link)
  await newcomer.getByRole('heading', { name: 'Join Larkspur' }).waitFor()
  await newcomer.getByLabel('Your name').fill('Tomasz Wilk')
  await newcomer.getByLabel('Password', { exact: true }).fill(password)
  await newcomer.getByRole('button', { name: 'Join and sign in' }).click()
  await newcomer.getByRole('heading', { name: 'All answered' }).waitFor()
  await page.getByText('Tomasz Wilk').waitFor({ timeout: 5000 })

  await page.getByRole('link', { name: 'Teams' }).click()
  await page.getByRole('button', { name: 'Start a team' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Card payments')
  await dialog.getByLabel('Private').check({ force: true })
  await dialog.getByRole('button', { name: 'Start a team' }).click()
  await page.getByText('Card payments').first().waitFor()
  await page.getByPlaceholder('Add a person').click()
  await page.getByRole('option', { name: 'Tomasz Wilk' }).click()
  await page.getByRole('button', { name: 'Take Tomasz Wilk out of the team' }).waitFor()

  await newcomer.goto(link)
  await newcomer.getByRole('heading', { name: 'This invitation has ended' }).waitFor()
})

test('a second factor is turned on and then asked for', async () => {
  const page = await desk.open('/settings/profile')
  await page.getByRole('button', { name: 'Turn on' }).click()
  await page.getByLabel('Your password').fill(password)
  await page.getByRole('dialog').getByRole('button', { name: 'Turn on' }).click()
  const secret = await page.getByRole('textbox', { name: 'Add this key to your authenticator app' }).inputValue()
  await page.getByLabel('Then type the code it shows').fill(codeFor(`otpauth://totp/Sinew?secret=${secret}`))
  await page.getByRole('dialog').getByRole('button', { name: 'Turn on' }).click()
  await page.getByText('Second factor turned on').waitFor()

  const other = await (await desk.browser.newContext()).newPage()
  await other.goto(`${desk.sinew.address}/sign-in`)
  await other.getByLabel('E-mail address').fill('sara@larkspur.example')
  await other.getByLabel('Password', { exact: true }).fill(password)
  await other.getByRole('button', { name: 'Sign in' }).click()
  await other.getByLabel('Code').fill('000000')
  await other.getByRole('button', { name: 'Go on' }).click()
  await other.getByText('This code is not right.').waitFor()
  await other.getByLabel('Code').fill(codeFor(`otpauth://totp/Sinew?secret=${secret}`))
  await other.getByRole('button', { name: 'Go on' }).click()
  await other.getByRole('heading', { name: 'All answered' }).waitFor()
  expect(new URL(other.url()).pathname).toBe('/inbox/mine')
})
