import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Recorded } from './corpus.ts'
import { compared, pretty } from './report.ts'
import { run } from './tasks/interpret.ts'
import type { Program } from './tasks/programs.ts'
import { Trace } from './trace.ts'

/**
 * Random programs that are committed with what CPython 3.13 logged, so that no Python is needed. `npm run fuzz` makes new
 * ones; `npm run fuzz -- --suite tasks --corpus 1000 --seed 2024` makes these again.
 */
describe('a thousand random programs of tasks, as asyncio runs them', () => {
  const text = read('tasks.json')
  const recorded = JSON.parse(text) as Recorded<Program>[]

  it.each([0, 100, 200, 300, 400, 500, 600, 700, 800, 900])('from %i on', start => {
    recorded.slice(start, start + 100).forEach(replay)
  })

  it('are about all there is', () => {
    expect(recorded).toHaveLength(1000)
    const seldom = [
      'await', 'wait', 'as_completed', 'timeout', 'try', 'repeat', 'yield', 'return', 'raise', 'task', 'start', 'cancel',
      'uncancel', 'cancelling', 'done', 'cancelled', 'result', 'exception', 'set_result', 'set_exception',
      'add_done_callback', 'add_again', 'remove_done_callback', 'call', 'cancel_handle', 'reschedule', 'expired',
      'set_variable', 'reset_variable', 'get_variable', 'look', 'stop',
      'made', 'future', 'sleep', 'gather', 'shield', 'wait_for',
    ].filter(word => text.split(`":"${word}"`).length < 10)
    expect(seldom).toEqual([])
  })
})

/** Made as small as they go. Their traces are from Python, as the others. */
describe('programs that differed once', () => {
  const recorded = JSON.parse(read('tasks-found.json')) as Recorded<Program>[]

  it('do so no more', () => { recorded.forEach(replay) })
})

function read(file: string): string { return readFileSync(join(__dirname, 'corpus', file), 'utf8') }

function replay({ program, trace }: Recorded<Program>): void {
  const here = new Trace()
  run(program, here)
  if (here.lines.join('\n') !== trace.join('\n')) throw new Error(`${pretty(program)}\n\n${compared(trace, here.lines)}`)
}
