import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Recorded } from './corpus.ts'
import { run as runWithKit } from './primitives/interpret.ts'
import type { Program as WithKit } from './primitives/programs.ts'
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
    recorded.slice(start, start + 100).forEach(replay(run))
  })

  it('are about all there is', () => {
    expect(recorded).toHaveLength(1000)
    expect(seldomIn(text, [
      'await', 'wait', 'as_completed', 'timeout', 'try', 'repeat', 'yield', 'return', 'raise', 'task', 'start', 'cancel',
      'uncancel', 'cancelling', 'done', 'cancelled', 'result', 'exception', 'set_result', 'set_exception',
      'add_done_callback', 'add_again', 'remove_done_callback', 'call', 'cancel_handle', 'reschedule', 'expired',
      'set_variable', 'reset_variable', 'get_variable', 'look', 'stop',
      'made', 'future', 'sleep', 'gather', 'shield', 'wait_for',
    ])).toEqual([])
  })
})

/** The same with what tasks share; `npm run fuzz -- --suite primitives --corpus 500 --seed 2026` makes them again. */
describe('five hundred random programs with locks, queues, groups, generators and the like', () => {
  const text = read('primitives.json')
  const recorded = JSON.parse(text) as Recorded<WithKit>[]

  it.each([0, 100, 200, 300, 400])('from %i on', start => {
    recorded.slice(start, start + 100).forEach(replay(runWithKit))
  })

  it('are about all there is', () => {
    expect(recorded).toHaveLength(500)
    expect(seldomIn(text, [
      'with', 'manage', 'stack', 'group', 'for', 'closing', 'emit', 'release', 'notify', 'notify_all', 'set', 'clear',
      'put_nowait', 'get_nowait', 'task_done', 'shutdown', 'count', 'group_task', 'generate', 'cancel', 'timeout', 'try',
      'acquire', 'wait', 'wait_until', 'reset', 'abort', 'put', 'get', 'join', 'step', 'close_stack', 'gather',
      'shield', 'wait_for', 'anext', 'asend', 'athrow', 'aclose',
      'lock', 'event', 'condition', 'semaphore', 'barrier', 'Queue', 'LifoQueue', 'PriorityQueue',
    ])).toEqual([])
  })
})

/** Made as small as they go. Their traces are from Python, as the others. */
describe('programs that differed once', () => {
  const tasks = JSON.parse(read('tasks-found.json')) as Recorded<Program>[]
  const primitives = JSON.parse(read('primitives-found.json')) as Recorded<WithKit>[]

  it('do so no more', () => {
    tasks.forEach(replay(run))
    primitives.forEach(replay(runWithKit))
  })
})

function read(file: string): string { return readFileSync(join(__dirname, 'corpus', file), 'utf8') }

function seldomIn(text: string, words: string[]): string[] {
  return words.filter(word => text.split(`":"${word}"`).length < 6)
}

function replay<P>(run: (program: P, trace: Trace) => unknown): (recorded: Recorded<P>) => void {
  return ({ program, trace }) => {
    const here = new Trace()
    run(program, here)
    if (here.lines.join('\n') !== trace.join('\n')) throw new Error(`${pretty(program)}\n\n${compared(trace, here.lines)}`)
  }
}
