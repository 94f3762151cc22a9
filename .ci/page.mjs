// Opens a page that `yieldfrom html` wrote in a real Chromium: at three sizes, light and dark, by keys, by a link, by a search.
// `npm run page -- page.html [folder for pictures]`. CHROMIUM names the browser; /usr/bin/chromium by default.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const [page, pictures] = process.argv.slice(2)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const address = pathToFileURL(resolve(page)).href
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
try {
  for (const [size, width, height] of [['phone', 390, 844], ['laptop', 1280, 800], ['wide', 1920, 1080]]) {
    for (const colorScheme of ['light', 'dark']) {
      const tab = await browser.newPage({ viewport: { width, height }, colorScheme, bypassCSP: true })
      const errors = []
      const requests = []
      tab.on('pageerror', error => errors.push(String(error)))
      tab.on('request', request => requests.push(request.url()))
      await tab.goto(`${address}#e=3`)
      const now = () => tab.textContent('#now')
      assert.match(await now(), /^3\. /)
      await tab.keyboard.press('ArrowRight')
      assert.match(await now(), /^4\. /)
      await tab.keyboard.press('Home')
      assert.match(await now(), /^1\. /)
      await tab.click('#last')
      await tab.click('#back')
      await tab.fill('#search', 'begins')
      assert.match(await now(), /begins/)
      await tab.fill('#search', '')
      await tab.waitForTimeout(100)
      if (pictures !== undefined) await tab.screenshot({ path: `${pictures}/${size}-${colorScheme}.png` })
      await tab.evaluate(axe)
      const { violations } = await tab.evaluate(() => globalThis.axe.run())
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join())]), [])
      assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'the page is too wide')
      assert.deepEqual(errors, [])
      assert.equal(requests.length, 1, `the page asked for ${requests.join()}`)
      console.log(`${size}, ${colorScheme}: works, axe-core finds nothing, and nothing else was asked for`)
      await tab.close()
    }
  }
} finally {
  await browser.close()
}
