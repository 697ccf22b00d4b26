import type { Page } from 'playwright-core'
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
  ['a conversation', 'Note', () => `/inbox/open/${opened}`],
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
  const page = await desk.open('/inbox/mine', view)
  for (const [, words, path] of pages) {
    await visit(page, 'lang' in view ? `${path()}?lang=${view.lang}` : path(), 'lang' in view ? undefined : words)
    await expectAccessible(page)
    const { dir, lang } = await page.evaluate(() => ({ dir: document.documentElement.dir, lang: document.documentElement.lang }))
    expect([dir, lang]).toEqual('lang' in view ? ['rtl', 'ar-XB'] : ['ltr', 'en'])
  }
})

/** Goes to a page and waits until it shows what it is for. */
async function visit(page: Page, path: string, words: string | undefined) {
  await page.goto(desk.sinew.address + path)
  if (words) await page.getByText(words).or(page.getByLabel(words)).or(page.getByPlaceholder(words)).first().waitFor({ state: 'attached' })
  else await page.getByRole('navigation').or(page.getByRole('heading')).first().waitFor()
  await page.waitForTimeout(words ? 150 : 500)
}

test.each([false, true])('what opens over a page is accessible too (dark: %s)', async (dark) => {
  const page = await desk.open(`/inbox/open/${opened}`, { dark })
  const dialog = page.getByRole('dialog')
  await page.getByRole('article', { name: 'Conversation' }).waitFor()
  for (const [key, sign] of [
    ['Control+k', page.getByPlaceholder('What would you like to do?')],
    ['?', dialog.getByText('Next conversation')],
    ['a', page.getByPlaceholder('Person or team')],
    ['s', page.getByRole('button', { name: /Tomorrow morning/ })],
  ] as const) {
    await page.keyboard.press(key)
    await sign.waitFor()
    await page.waitForTimeout(250)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await sign.waitFor({ state: 'hidden' })
  }
  for (const name of ['More', 'More about this message', 'You: Sara Adeyemi', 'Status: Open']) {
    await page.getByRole('button', { name, exact: true }).first().click()
    await page.getByRole('menu').waitFor()
    await page.waitForTimeout(250)
    await expectAccessible(page, { menu: true })
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'hidden' })
  }
  for (const [path, button] of [
    ['/people', 'Invite'],
    ['/people/teams', 'Start a team'],
    ['/settings/channels', 'Add an address'],
    ['/settings/api-keys', 'Make a key'],
  ] as const) {
    await page.goto(desk.sinew.address + path)
    await page.getByRole('button', { name: button }).click()
    await dialog.waitFor()
    await page.waitForTimeout(250)
    await expectAccessible(page)
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

test.each([
  ['with a mouse', [1440, 1200, 900, 700, 480, 320], false],
  ['by touch', [390, 320], true],
] as const)('nothing needs sideways scrolling at any width, %s', async (_, widths, touch) => {
  const page = await desk.open('/inbox/mine', { touch })
  for (const [, words, path] of pages) {
    await visit(page, path(), words)
    for (const width of widths) {
      await page.setViewportSize({ width, height: 700 })
      await page.waitForTimeout(60)
      await expectNoSidewaysScroll(page)
    }
  }
})

test('longer words break nothing on a phone', async () => {
  const page = await desk.open('/inbox/mine', { width: 320, height: 640, lang: 'en-XA' })
  for (const [, , path] of pages) {
    await visit(page, `${path()}?lang=en-XA`, undefined)
    await expectNoSidewaysScroll(page)
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
