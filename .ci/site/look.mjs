// Opens the site in a real Chromium, as files and without a server: the first page, a page of the docs, the reference and the search.
// `npm run site:look [-- folder for pictures]`, after `npm run site`.
import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const [pictures] = process.argv.slice(2)
const root = pathToFileURL(resolve('dist/site')).href
/** Chromium takes no icons out of another file. The page puts them into itself then, which `fits()` looks at. */
const ICONS = 'assets/icons.svg'
const SIZES = [['phone', 390, 844], ['wide', 1920, 1080]]

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'] })
try {
  for (const [size, width, height] of SIZES) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' })
      const tab = await context.newPage()
      const wrong = []
      tab.on('pageerror', error => wrong.push(String(error)))
      tab.on('console', message => { if (message.type() === 'error' && !message.text().includes(ICONS)) wrong.push(message.text()) })
      context.on('request', request => { if (!request.url().startsWith(root) && !/^(blob|data):/.test(request.url())) wrong.push(`it asks for ${request.url()}`) })
      await story(tab, size)
      if (pictures !== undefined) await tab.screenshot({ path: `${pictures}/site-${size}-${colorScheme}.png` })
      assert.deepEqual(wrong, [])
      console.log(`${size}, ${colorScheme}: pages, reference and search work, and nothing from elsewhere was asked for`)
      await context.close()
    }
  }
} finally {
  await browser.close()
}

async function story(tab, size) {
  await tab.goto(`${root}/index.html`)
  assert.match(await tab.title(), /yieldfrom/)
  assert.ok(await tab.locator('pre code').count() > 3, 'the README shows its programs')
  await fits(tab)

  // A page of the docs, by a link of the README.
  await tab.locator('.col-content a', { hasText: 'tutorial' }).first().click()
  await tab.locator('h1', { hasText: /fifteen|tutorial|minutes/i }).first().waitFor()
  await fits(tab)

  // The search, which works offline.
  if (size === 'phone') await tab.keyboard.press('/')
  else await tab.locator('#tsd-search-trigger').click()
  await tab.locator('#tsd-search-input').fill('mapConcurrently')
  const found = tab.locator('#tsd-search-results a', { hasText: 'mapConcurrently' }).first()
  await found.waitFor()
  await found.click()
  await tab.locator('h1', { hasText: 'mapConcurrently' }).waitFor()
  assert.match(await tab.locator('.col-content').innerText(), /limit/)
  await fits(tab)
}

/** Nothing is cut off at the side, and the icons are in the page. */
async function fits(tab) {
  assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${tab.url()} is too wide`)
  await tab.waitForFunction(() => Array.from(document.querySelectorAll('use')).every(use => use.getAttribute('href').startsWith('#')))
}
