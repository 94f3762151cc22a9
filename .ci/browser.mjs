// A real Chromium for the checks of pages. CHROMIUM names the browser; /usr/bin/chromium by default.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const SIZES = [['phone', 390, 844], ['laptop', 1280, 800], ['wide', 1920, 1080]]

/**
 * Look at a page at three sizes, light and dark, and look through it with axe-core.
 * @param address the page. Nothing else may be asked for.
 * @param visit uses the page: it gets the tab, the address, and a name such as `phone, light`.
 * @param pictures a folder for pictures, or undefined.
 */
export async function look(address, visit, pictures) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
  try {
    for (const [size, width, height] of SIZES) {
      for (const colorScheme of ['light', 'dark']) {
        const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' })
        const tab = await context.newPage()
        const errors = []
        const requests = []
        tab.on('pageerror', error => errors.push(String(error)))
        context.on('request', request => requests.push(request.url()))
        await visit(tab, address, `${size}, ${colorScheme}`)
        if (pictures !== undefined) await tab.screenshot({ path: `${pictures}/${size}-${colorScheme}.png` })
        for (const frame of tab.frames()) {
          await frame.evaluate(axe)
          const { violations } = await frame.evaluate(() => globalThis.axe.run({ iframes: false }))
          assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join())]), [])
          assert.equal(await frame.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'the page is too wide')
        }
        assert.deepEqual(errors, [])
        const others = requests.filter(url => !/^(blob|data):/.test(url) && url.split('#')[0] !== address)
        assert.deepEqual(others, [], 'the page asked for something else')
        console.log(`${size}, ${colorScheme}: it works, axe-core finds nothing, and nothing else was asked for`)
        await context.close()
      }
    }
  } finally {
    await browser.close()
  }
}
