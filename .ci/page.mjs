// Opens a page that `yieldfrom html` wrote in a real Chromium: at three sizes, light and dark, by keys, by a link, by a search.
// `npm run page -- page.html [folder for pictures]`.
import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { look } from './browser.mjs'

const [page, pictures] = process.argv.slice(2)
await look(pathToFileURL(resolve(page)).href, async (tab, address) => {
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
  assert.match(await tab.textContent('#hits'), /^\d+ of \d+$/)
  await tab.fill('#search', 'this is nowhere')
  assert.equal(await tab.textContent('#hits'), 'found nowhere')
  await tab.fill('#search', '')
  assert.equal(await tab.textContent('#hits'), '')
  if (!await tab.locator('#costChart').isHidden()) { // a click into the chart leads to the resume of that bar
    await tab.click('#costBars', { position: { x: 2, y: 20 } })
    await tab.waitForFunction(() => !document.querySelector('#costSum').textContent.includes(' 0 resumes')) // the page paints in a frame of its own
    assert.match(await tab.textContent('#costSum'), /^Up to here: 1 resume, through \d+ generators? with native yield\*, and through 1 with yieldFrom\(\)\.$/)
  }
  await tab.waitForTimeout(100)
}, pictures)
