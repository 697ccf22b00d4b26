import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { launchBrowser } from './browser.ts'
import { type Running, startSinew } from './running.ts'

export const password = 'a calm long password'

type View = { width?: number; height?: number; dark?: boolean; lang?: string; touch?: boolean }
type Answer = { status: number; body: never }

/** A Sinew with its first person, a browser, and a key that hands in mail: what every browser spec begins with. */
export type Desk = {
  sinew: Running
  browser: Browser
  /** A browser window of its own, signed in, on a page of the console. */
  open: (path: string, view?: View) => Promise<Page>
  /** A second person, in a window of their own. */
  colleague: (path: string) => Promise<Page>
  /** Hands in a mail and answers what it led to. */
  mail: (raw: string | Uint8Array) => Promise<{ conversation: { id: string } }>
  /** Calls the API as the administrator. */
  api: <T>(method: string, path: string, body?: unknown) => Promise<T>
  close: () => Promise<void>
}

/** Opens the desk: set up and signed in by the API, so that each spec is about its own matter. */
export async function openDesk(): Promise<Desk> {
  const [sinew, browser] = await Promise.all([startSinew(), launchBrowser()])
  const { address } = sinew
  const token = new URL(sinew.setupLink).searchParams.get('token')
  const person = { name: 'Sara Adeyemi', email: 'sara@larkspur.example' }
  await call(address, 'POST', '/api/v1/setup', { body: { token, organisation: 'Larkspur', password, ...person } })
  const cookie = await signedIn(address, person.email)
  const api = async <T>(method: string, path: string, body?: unknown) =>
    (await call(address, method, `/api/v1${path}`, { cookie, body })).body as T
  const { key } = await api<{ key: string }>('POST', '/api-keys', { name: 'Mail', scopes: ['mail'] })
  return {
    sinew,
    browser,
    api,
    open: async (path, view = {}) => windowOf(await contextOf(browser, address, cookie, view), address, path, view),
    colleague: async (path) => windowOf(await contextOf(browser, address, await invite(address, api), {}), address, path, {}),
    mail: async (raw) => handIn(address, key, raw),
    close: async () => {
      await browser.close()
      await sinew.stop()
    },
  }
}

async function windowOf(context: BrowserContext, address: string, path: string, { lang }: View): Promise<Page> {
  const page = await context.newPage()
  await page.goto(address + path + (lang ? `${path.includes('?') ? '&' : '?'}lang=${lang}` : ''))
  return page
}

async function contextOf(
  browser: Browser,
  address: string,
  cookie: string,
  { width = 1440, height = 900, dark = false, touch = false }: View,
) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    hasTouch: touch,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  })
  const cookies = cookie
    .split('; ')
    .map((it) => ({ name: it.slice(0, it.indexOf('=')), value: it.slice(it.indexOf('=') + 1), url: address }))
  await context.addCookies(cookies)
  return context
}

async function invite(address: string, api: Desk['api']): Promise<string> {
  const email = 'mara@larkspur.example'
  const { link } = await api<{ link: string }>('POST', '/invitations', { email, roles: ['responder'] })
  const token = new URL(link).searchParams.get('token')
  await call(address, 'POST', '/api/v1/invitations/accept', { body: { token, name: 'Mara Lindqvist', password } })
  return signedIn(address, email)
}

async function signedIn(address: string, email: string): Promise<string> {
  const { cookies } = await call(address, 'POST', '/api/auth/staff/sign-in/email', { body: { email, password } })
  return cookies
}

async function handIn(address: string, key: string, raw: string | Uint8Array) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'message/rfc822' }
  const response = await fetch(`${address}/api/v1/inbound/email`, { method: 'POST', headers, body: raw as BodyInit })
  expect(response.status).toBe(201)
  return (await response.json()) as { conversation: { id: string } }
}

async function call(
  address: string,
  method: string,
  path: string,
  { cookie, body }: { cookie?: string; body?: unknown },
): Promise<Answer & { cookies: string }> {
  const headers: Record<string, string> = { origin: address, 'sec-fetch-site': 'same-origin', 'x-sinew': '1' }
  if (cookie) headers.cookie = cookie
  if (body !== undefined) headers['content-type'] = 'application/json'
  const response = await fetch(address + path, { method, headers, body: body === undefined ? null : JSON.stringify(body) })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
  const cookies = response.headers
    .getSetCookie()
    .map((it) => it.split(';')[0])
    .join('; ')
  return { status: response.status, body: (text ? JSON.parse(text) : undefined) as never, cookies }
}

/** A plain mail in a few words. */
export const plainMail = (from: string, subject: string, text: string, more: string[] = []) =>
  [
    `From: ${from}`,
    'To: help@larkspur.example',
    `Subject: ${subject}`,
    `Message-ID: <${crypto.randomUUID()}@mail.example>`,
    ...more,
    '',
    text,
  ].join('\r\n')

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Violation = { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }
type Axe = { run: (context: Document, options: object) => Promise<{ violations: Violation[] }> }
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Expects that axe finds nothing on the page as it stands. An open menu stands outside all landmarks, and may. */
export async function expectAccessible(page: Page, { menu = false } = {}): Promise<void> {
  await page.evaluate(axe)
  const violations = await page.evaluate(
    async ({ runOnly, rules }) => (await (globalThis as unknown as { axe: Axe }).axe.run(document, { runOnly, rules })).violations,
    { runOnly: standards, rules: { region: { enabled: !menu } } },
  )
  const told = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map((node) => `  ${node.html.slice(0, 220)}\n    ${node.failureSummary}`).join('\n')}`,
  )
  expect(told.join('\n'), page.url()).toBe('')
}

/** Expects that nothing on the page needs scrolling sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wide, `${page.url()} is too wide`).toBeLessThanOrEqual(0)
}
