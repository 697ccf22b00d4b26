import { expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'

test('the browser of the tests draws letters, each in its own width', async () => {
  const browser = await launchBrowser()
  const page = await browser.newPage()
  await page.setContent('<span id=a>iiii</span><br><span id=b>WWWW</span>')
  const [narrow, wide] = await Promise.all(['#a', '#b'].map(async (id) => (await page.locator(id).boundingBox())?.width ?? 0))
  expect(narrow).toBeGreaterThan(0)
  expect(wide).toBeGreaterThan(narrow! * 2)
  await browser.close()
})
