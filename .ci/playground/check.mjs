// Uses the playground in a real Chromium, as a file and without a server: lessons, an edit, errors, an endless loop, links, keys.
// `npm run playground:check [-- folder for pictures]`.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { look } from '../browser.mjs'
import { buildPlayground } from './build.mjs'

const [pictures] = process.argv.slice(2)
const address = pathToFileURL(resolve(await buildPlayground('dist/playground'))).href

const printed = tab => tab.locator('#printed > div').allInnerTexts()
const says = (tab, words) => tab.waitForFunction(words => document.getElementById('status').textContent.startsWith(words), words)
const write = async (tab, text) => {
  await tab.locator('.cm-content').click()
  await tab.keyboard.press('Control+A')
  await tab.keyboard.insertText(text)
}
const written = tab => tab.evaluate(() => Array.from(document.querySelectorAll('.cm-line'), line => line.textContent.replace(/  ‖ .*/, '')).join('\n'))
const timeline = tab => tab.frameLocator('#timeline iframe')

/** The timeline shows what the program has just done. */
async function showsTimeline(tab, title, words) {
  await timeline(tab).locator('h1', { hasText: title }).waitFor()
  await timeline(tab).locator('#list button', { hasText: words }).first().waitFor()
}

/** What a program prints in Node. */
function recorded(name) {
  const isLesson = /^\d/.test(name)
  const text = readFileSync(`docs/${isLesson ? 'lessons' : 'examples/looking-on'}/${name}.txt`, 'utf8').trimEnd()
  return isLesson ? text.split('\n\n')[0] : text
}

/** All that can be done with it. */
async function story(tab) {
  // It opens with the first lesson, which has run.
  await tab.goto(address)
  await says(tab, 'Ended.')
  assert.deepEqual(await printed(tab), ['ready', 'you said hello', 'you said again', 'echo is over', 'done: true'])
  await showsTimeline(tab, '01-send.ts', "echo's yield on line 3 evaluates to 'hello'")
  assert.equal(await timeline(tab).locator('#twinSays').innerText(), 'It does the same, event by event.')

  // The other lessons, and two examples whose output holds names of classes and functions, print what they print in Node.
  const names = await tab.locator('#program option').evaluateAll(options => options.map(({ value }) => value))
  const lessons = names.filter(name => /^\d/.test(name))
  assert.equal(lessons.length, 16)
  for (const name of [...lessons.slice(1), 'wait-tree', 'explore-a-race']) { // examples of the last topic
    await tab.selectOption('#program', name)
    await tab.locator(`iframe[title="Timeline of ${name}.ts"]`).waitFor()
    assert.equal((await printed(tab)).join('\n'), recorded(name), name)
  }

  // A program of one's own: types, a door of the library, virtual time, objects printed as Node prints them.
  await tab.selectOption('#program', '')
  await write(tab, `import { type Coroutine, run, sleep } from 'yieldfrom'
import { Recorder } from 'yieldfrom/study'
function* main(): Coroutine<void> {
  yield* sleep(3_600_000)
  console.log('an hour later', { tea: [1, 2] }, new Recorder() instanceof Recorder)
}
run(main())`)
  await tab.keyboard.press('Control+Enter')
  await says(tab, 'Ended.')
  assert.deepEqual(await printed(tab), ['an hour later { tea: [ 1, 2 ] } true'])
  await showsTimeline(tab, 'program.ts', 'main waits for sleep(3600000)')

  // The link brings the program back, and does not run it.
  const program = await written(tab)
  await tab.click('#share')
  await says(tab, 'The link is')
  const link = tab.url()
  assert.match(link, /#program=[\w-]+$/)
  const other = await tab.context().newPage()
  await other.goto(link)
  await says(other, 'A program from a link. Press Run.')
  assert.equal(await written(other), program)
  await other.click('#run')
  await says(other, 'Ended.')
  assert.deepEqual(await printed(other), await printed(tab))
  await other.goto(`${address}#program=AAAA`)
  await says(other, 'The link is damaged')
  await other.close()

  // An error has its line, in the program and before it.
  await write(tab, 'function* f() {\n  yield 1\n  throw new RangeError("too far")\n}\nfor (const n of f()) console.log(n)')
  await tab.click('#run')
  await says(tab, 'Ended with an error.')
  const [first, error] = await printed(tab)
  assert.equal(first, '1')
  assert.match(error, /^Line 3\s*RangeError: too far/)
  await showsTimeline(tab, 'program.ts', 'f ends with RangeError: too far')
  await tab.locator('.cm-lint-marker, .cm-lintRange-error').first().waitFor()
  await tab.click('#printed button')
  await write(tab, 'const a = 1\nconst = 2')
  await tab.click('#run')
  await says(tab, 'Ended with an error.')
  assert.match((await printed(tab))[0], /^Line 2\s*program\.ts:2\nconst = 2\n {6}\^\n\nSyntaxError/)
  await write(tab, 'import { serve } from "yieldfrom/node"\nserve()')
  await tab.click('#run')
  await says(tab, 'Ended with an error.')
  assert.match((await printed(tab))[0], /'yieldfrom\/node' is not on this page/)

  // Timers and promises of the program's own are waited for.
  await write(tab, 'setTimeout(() => console.log("later"), 20)\nPromise.resolve().then(() => console.log("soon"))')
  await tab.click('#run')
  await says(tab, 'Ended.')
  assert.deepEqual(await printed(tab), ['soon', 'later'])

  // Nothing leaves the page, not even for a program.
  await write(tab, 'fetch("https://example.com/").catch(error => console.log("refused"))')
  await tab.click('#run')
  await says(tab, 'Ended.')
  assert.deepEqual((await printed(tab)).at(-1), 'refused')

  // An endless loop does not freeze the page, and can be stopped. What it has done until then is shown.
  await write(tab, 'function* ones() { for (;;) yield 1 }\nconsole.log("begins")\nfor (const one of ones()) if (one > 1) break')
  await tab.click('#run')
  await says(tab, 'Running…')
  await tab.waitForFunction(() => document.getElementById('printed').textContent.startsWith('begins'))
  await tab.waitForTimeout(300)
  await tab.keyboard.press('Escape')
  await says(tab, 'Stopped.')
  await showsTimeline(tab, 'program.ts', 'ones yields 1 on line 1')
  await tab.click('#stop', { trial: true, force: true })
  assert.equal(await tab.locator('#stop').isDisabled(), true)
}

await look(address, async (tab, address, kind) => {
  if (kind === 'laptop, light') await story(tab)
  await tab.goto(`${address}#open=06-throw`)
  await says(tab, 'Ended.')
  await timeline(tab).locator('h1', { hasText: '06-throw.ts' }).waitFor()
  await timeline(tab).locator('#slider').focus()
  for (let i = 0; i < 10; i++) await tab.keyboard.press('ArrowRight')
  await tab.locator('.cm-line.live', { hasText: "yield 'the worker works'" }).waitFor() // the editor shows where the timeline is
  await tab.locator('.cm-line.rest', { hasText: '‖ foreman' }).waitFor()
  await tab.evaluate(() => { scrollTo(0, 0) })
  await tab.waitForTimeout(100)
}, pictures)
