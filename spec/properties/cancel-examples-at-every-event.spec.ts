import { folder, runExample } from './run-example.ts'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { stride } from '../support/thorough.ts'

/**
 * Each example is run once for each of its events, and before that event its main task is cancelled. Whenever that is:
 * each `finally` that was entered runs exactly once, nothing stays pending after the shutdown, and the same event gives
 * the same trace again. `cancel-at-every-event.spec.ts` does so with other programs.
 */
describe('cancelled at every event, the example', () => {
  const topics = readdirSync(folder).filter(name => !name.includes('.') && !['node', 'engines', 'support'].includes(name))
  const files = topics.flatMap(topic => readdirSync(join(folder, topic)).map(file => `${topic}/${file}`))
  const names = files.filter(file => file.endsWith('.py')).map(file => file.slice(0, -'.py'.length))

  /** Callbacks, greenlets and generators alone. */
  const withoutTasks = [
    'the-loop/call-at', 'the-loop/call-later', 'the-loop/call-soon', 'the-loop/close-while-running', 'without-a-loop/cook',
    'without-a-loop/two-functions', 'without-a-loop/two-generators', 'without-a-loop/two-greenlets',
  ]

  it.each(names.filter(name => !withoutTasks.includes(name)))('%s ends as it should', name => {
    const { lines, events } = runExample(name)
    expect(lines).toEqual(readFileSync(join(folder, `${name}.txt`), 'utf8').trimEnd().split('\n'))
    let cancelled = 0
    for (let k = 0; k < events; k += stride()) {
      const run = runExample(name, k)
      if (run.cancelled !== null) cancelled++
      check(run.obeyed, `it ends cancelled, cancelled at ${k}`)
      check(run.leftOpen === 0, `each finally runs, cancelled at ${k}`)
      check(run.pending === 0, `nothing stays pending, cancelled at ${k}`)
      check(runExample(name, k).trace.join('\n') === run.trace.join('\n'), `the same trace, cancelled at ${k}`)
    }
    expect(cancelled).toBeGreaterThan(0)
  })

  it.each(withoutTasks)('%s has nothing to cancel', name => {
    expect(runExample(name).loops.every(({ mainTask }) => mainTask === null)).toBe(true)
  })

  it('two-greenlets shows that a generator which does not end is noticed', () => {
    expect(runExample('without-a-loop/two-greenlets').leftOpen).toBe(1)
  })
})

/** `expect()` would take most of the time. */
function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`broken: ${what}`)
}
