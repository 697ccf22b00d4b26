import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { password, plainMail } from '../support/desk.ts'
import { type Running, startSinew } from '../support/running.ts'

let sinew: Running
let browser: Browser
beforeAll(async () => {
  ;[sinew, browser] = await Promise.all([startSinew(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await sinew?.stop()
})

test('from the set-up link to the first message, and in again the next day', async () => {
  const page = await browser.newPage()
  await page.goto(sinew.setupLink)
  await page.getByLabel('Your organisation').fill('Larkspur')
  await page.getByLabel('Your name').fill('Sara Adeyemi')
  await page.getByLabel('E-mail address').fill('sara@larkspur.example')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Set up and sign in' }).click()

  await page.getByRole('heading', { name: 'Sinew is ready, Sara' }).waitFor()
  await page.getByText('Waiting for the first message').waitFor()
  await page.getByRole('link', { name: 'Open the inbox' }).click()
  await page.getByRole('heading', { name: 'All answered' }).waitFor()
  expect(await page.title()).toBe('Mine · Sinew')

  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'API keys' }).click()
  await page.getByRole('button', { name: 'Make a key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What it is for').fill('Mail')
  await dialog.getByLabel('Hand in mail').check()
  await dialog.getByRole('button', { name: 'Make a key' }).click()
  const key = await page.getByRole('textbox', { name: 'Your new key' }).inputValue()

  await page.goto(`${sinew.address}/welcome`)
  await page.getByText('Waiting for the first message').waitFor()
  await fetch(`${sinew.address}/api/v1/inbound/email`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'message/rfc822' },
    body: plainMail('Elena Marchetti <elena@juniper.example>', 'Receipts come out blank', 'Since this morning.'),
  })
  await page.getByRole('link', { name: 'Open it' }).click()
  await page.getByRole('heading', { name: 'Receipts come out blank', level: 1 }).waitFor()

  await page.getByRole('button', { name: 'You: Sara Adeyemi' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()

  // Somebody who follows a link is asked to sign in and then stands where they wanted to be.
  await page.goto(`${sinew.address}/inbox/unassigned`)
  await page.getByLabel('E-mail address').fill('sara@larkspur.example')
  await page.getByLabel('Password', { exact: true }).fill('not this one at all')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('E-mail address or password is not right.').waitFor()
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: /Receipts come out blank/ }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/inbox/unassigned')
})

test('a set-up link that was used says so, and so does one without its secret', async () => {
  const page = await browser.newPage()
  await page.goto(sinew.setupLink)
  await page.getByRole('heading', { name: 'This Sinew is already set up' }).waitFor()
})

test('whoever has forgotten the password learns the same, whether they have an account or not', async () => {
  const page = await browser.newPage()
  for (const email of ['sara@larkspur.example', 'nobody@elsewhere.example']) {
    await page.goto(`${sinew.address}/forgotten`)
    await page.getByLabel('E-mail address').fill(email)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByText(`If ${email} has an account here`).waitFor()
  }
  await page.goto(`${sinew.address}/reset?token=made-up`)
  await page.getByLabel('New password').fill(password)
  await page.getByRole('button', { name: 'Save the password' }).click()
  await page.getByRole('heading', { name: 'This link has ended' }).waitFor()
})
