import { type Coroutine, EventLoop, run, sleep } from '../../lib/index.ts'
import { ManualHost, VirtualHost, runBriefly } from '../../lib/testing/index.ts'
import { slip, virtual } from '../support/stories.ts'

describe('runBriefly()', () => {
  it('runs what is ready, and what that makes ready, and leaves the rest for the next time', () => {
    const log: string[] = []
    const loop = new EventLoop(virtual())
    function again(n: number): void {
      log.push(`callback ${n}`)
      loop.callSoon(again, n + 1)
    }
    function* task(): Coroutine<void> {
      for (let n = 1; ; n++) {
        log.push(`task ${n}`)
        yield
      }
    }
    loop.callSoon(again, 1)
    loop.createTask(task())
    runBriefly(loop)
    log.push('and')
    runBriefly(loop)
    expect(log).toEqual([
      'callback 1', 'task 1', 'callback 2', 'task 2', 'and', 'callback 3', 'task 3', 'callback 4', 'task 4',
    ])
  })

  it('fires the timers that are due, and does not wait for others', () => {
    const log: string[] = []
    const host = new ManualHost()
    const loop = new EventLoop({ host })
    for (const ms of [0, 5, 10]) loop.callLater(ms, () => { log.push(`after ${ms}`) })
    runBriefly(loop)
    log.push('later')
    host.advance(5)
    runBriefly(loop)
    expect([log, loop.time()]).toEqual([['after 0', 'later', 'after 5'], 5])
  })

  it('lets no virtual time pass', () => {
    const loop = new EventLoop({ host: new VirtualHost(7) })
    const task = loop.createTask(sleep(1, 'woken'))
    runBriefly(loop)
    expect([task.done(), loop.time(), loop.runUntilComplete(task), loop.time()]).toEqual([false, 7, 'woken', 8])
  })

  it('is refused in a loop that runs, and in one that is closed', () => {
    const loop = new EventLoop(virtual())
    function* nested(): Coroutine<void> { runBriefly(new EventLoop(virtual())) }
    const refusals = [slip(() => { run(nested(), virtual()) })]
    loop.close()
    refusals.push(slip(() => { runBriefly(loop) }))
    expect(refusals).toEqual([
      expect.stringMatching(/^RuntimeError LOOP_RUNNING: /), 'RuntimeError LOOP_CLOSED: Event loop is closed',
    ])
  })
})
