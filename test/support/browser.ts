import { type Browser, chromium } from 'playwright-core'
import { type Chromium, installedChromiums, packagedChromium } from './chromium.ts'

// No sandbox, because tests run as root in containers. The rest keeps it from calling home.
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--font-render-hinting=none',
]

/** Starts a browser without a window: an installed Chromium when one works, else the one that came with the packages. */
export async function launchBrowser(): Promise<Browser> {
  for (const installed of installedChromiums()) {
    const browser = await launch(installed).catch(() => undefined)
    if (browser) return browser
  }
  return launch(packagedChromium())
}

function launch({ program, env }: Chromium): Promise<Browser> {
  const environment = { ...process.env, ...env } as Record<string, string>
  return chromium.launch({ executablePath: program, args: flags, env: environment, timeout: 30_000 })
}
