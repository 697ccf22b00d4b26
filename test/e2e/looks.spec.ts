import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, expectAccessible, expectNoSidewaysScroll, openDesk, plainMail } from '../support/desk.ts'

let desk: Desk
let opened = ''
beforeAll(async () => {
  desk = await openDesk()
  const long = 'Rechnungsnummernkreiskonfiguration'.repeat(3)
  const mail = await desk.mail(
    plainMail(
      `${long} <${'a'.repeat(60)}@${'very-long-name.'.repeat(5)}example>`,
      `${long} https://larkspur.example/${'x'.repeat(200)}`,
      `${long}\r\n> quoted\r\nhttps://larkspur.example/${'x'.repeat(300)}`,
    ),
  )
  opened = mail.conversation.id
  await desk.api('POST', `/conversations/${opened}/messages`, { kind: 'note', text: long })
  await desk.mail(new Uint8Array([0, 1, 2, 254]))
  await desk.api('POST', '/teams', { name: 'Shop floor' })
  await desk.api('POST', '/channels', { name: 'Help', address: 'help@larkspur.example' })
})
afterAll(() => desk?.close())

const pages: [string, string, () => string][] = [
  ['the list', 'Conversations', () => '/inbox/open'],
  ['a conversation', 'Internal note', () => `/inbox/open/${opened}`],
  ['an empty view', 'All answered', () => '/inbox/mine'],
  ['the first page', 'Send an e-mail', () => '/welcome'],
  ['people', 'Sara Adeyemi', () => '/people'],
  ['teams', 'Shop floor', () => '/people/teams'],
  ['organisations', 'Larkspur', () => '/people/organisations'],
  ['profile', 'Current password', () => '/settings/profile'],
  ['channels', 'help@larkspur.example', () => '/settings/channels'],
  ['quarantine', 'Look', () => '/settings/quarantine'],
  ['API keys', 'Mail', () => '/settings/api-keys'],
  ['a page that is not there', 'There is nothing here', () => '/nowhere'],
]

test.each([
  ['light', {}],
  ['dark', { dark: true }],
  ['right-to-left', { lang: 'ar-XB' }],
] as const)('every page is accessible in %s', async (_, view) => {
  for (const [, , path] of pages) {
    const page = await desk.open(path(), view)
    await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => undefined)
    await page.getByRole('navigation').or(page.getByRole('heading')).first().waitFor()
    await page.waitForTimeout(300)
    await expectAccessible(page)
    if ('lang' in view) {
      expect(await page.evaluate(() => [document.documentElement.dir, document.documentElement.lang])).toEqual(['rtl', 'ar-XB'])
    }
    await page.context().close()
  }
})

test('the doors are accessible in light and dark', async () => {
  for (const dark of [false, true]) {
    const context = await desk.browser.newContext({ colorScheme: dark ? 'dark' : 'light' })
    const page = await context.newPage()
    for (const path of ['/sign-in', '/forgotten', '/reset?token=made-up-token', '/setup', '/invitation?token=made-up-token']) {
      await page.goto(desk.sinew.address + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expectAccessible(page)
    }
    await context.close()
  }
})

test.each([1440, 1200, 900, 700, 390, 320])('nothing needs sideways scrolling at %i pixels', async (width) => {
  for (const [, words, path] of pages) {
    const page = await desk.open(path(), { width, height: 700, touch: width < 600 })
    await page.getByText(words).or(page.getByLabel(words)).or(page.getByPlaceholder(words)).first().waitFor({ state: 'attached' })
    await expectNoSidewaysScroll(page)
    await page.context().close()
  }
})

test('longer words break nothing on a phone', async () => {
  for (const [, , path] of pages) {
    const page = await desk.open(path(), { width: 320, height: 640, lang: 'en-XA' })
    await page.getByRole('navigation').or(page.getByRole('heading')).first().waitFor()
    await page.waitForTimeout(400)
    await expectNoSidewaysScroll(page)
    await page.context().close()
  }
})

test('on a phone there is the list or the conversation, with a way back', async () => {
  const page = await desk.open('/inbox/open', { width: 390, height: 844, touch: true })
  await page.getByRole('region', { name: 'Conversations' }).getByRole('link').first().click()
  await page.getByRole('article', { name: 'Conversation' }).waitFor()
  expect(await page.getByRole('region', { name: 'Conversations' }).isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Back to the list' }).click()
  await page.getByRole('region', { name: 'Conversations' }).waitFor()
})

test('what the system prefers is used until one chooses, and the choice stays', async () => {
  const page = await desk.open('/inbox/mine', { dark: true })
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
  expect(await ground()).toBe('rgb(23, 21, 18)')
  await page.getByRole('button', { name: 'You: Sara Adeyemi' }).click()
  await page.getByRole('menuitem', { name: 'Light' }).click()
  await expect.poll(ground).toBe('rgb(246, 243, 238)')
  await page.reload()
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
  expect(await ground()).toBe('rgb(246, 243, 238)')
})
