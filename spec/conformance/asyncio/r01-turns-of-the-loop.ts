/**
 * R1: In each turn the loop waits for the next timer if nothing is ready, then runs what is ready. What is added
 * meanwhile waits for the next turn.
 */
import type { TimerHandle } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, ticker, turn } from './support/probes.ts'
import { newLoop } from './support/virtual.ts'

export const programs: Programs = {
  'a turn runs what was ready when it began; what that adds waits for the next turn'(log) {
    const loop = newLoop()

    function chain(n: number) {
      log('link', n)
      loop.callSoon(chain, n + 1)
    }

    loop.callSoon(chain, 0)
    for (let n = 0; n < 3; n++) {
      log('turn', n)
      turn(loop)
    }
    loop.close()
  },

  'timers that are due queue behind what is ready already'(log) {
    const loop = newLoop()
    loop.callAt(-5, log, 'timer, long overdue')
    loop.callSoon(log, 'ready')
    turn(loop)
    loop.close()
  },

  'a timer that is due at once still waits for the next turn'(log) {
    const loop = newLoop()
    loop.callSoon(() => loop.callAt(-1, log, 'timer'))
    loop.callSoon(log, 'ready')
    turn(loop)
    log('next turn')
    turn(loop)
    loop.close()
  },

  'with nothing ready, the loop waits for the first deadline and no longer'(log) {
    const loop = newLoop()
    for (const delay of [30, 10, 20]) {
      loop.callLater(delay, () => log(delay, 'at', loop.time()))
    }
    loop.callLater(40, () => loop.stop())
    loop.runForever()
    log('end at', loop.time())
    loop.close()
  },

  'while something is ready, no time passes'(log) {
    const loop = newLoop()
    loop.callLater(1, () => { log('timer at', loop.time()); loop.stop() })
    ticker(loop, log, 5)
    loop.runForever()
    loop.close()
  },

  'a stopped loop does not wait, but runs the timers that are due'(log) {
    const loop = newLoop()
    loop.callLater(0, log, 'due')
    loop.callLater(1, log, 'not due')
    turn(loop)
    log('time', loop.time())
    loop.close()
  },

  'the loop does not wait for a cancelled timer'(log) {
    const loop = newLoop()
    loop.callLater(5, log, 'cancelled').cancel()
    loop.callLater(10, () => { log('time', loop.time()); loop.stop() })
    loop.callLater(20, log, 'cancelled').cancel()
    loop.runForever()
    loop.close()
  },

  'with nothing ready and no timer left, nothing can wake the loop'(log) {
    const loop = newLoop()
    loop.callLater(5, log, 'cancelled').cancel()
    loop.callSoon(log, 'ready')
    attempt(log, () => loop.runForever())
    log('time', loop.time())
    loop.close()
  },

  'timers with the same deadline fire in one turn, and what they add comes after'(log) {
    const loop = newLoop()

    function first() {
      log('first')
      loop.callSoon(log, 'added')
      loop.callAt(10, log, 'timer added')
    }

    loop.callLater(10, first)
    loop.callLater(10, log, 'second')
    loop.callLater(10, () => loop.callSoon(() => loop.stop()))
    loop.runForever()
    loop.close()
  },

  'deadlines that differ by a rounding error are due in the same turn'(log) {
    const loop = newLoop()
    loop.callAt(0.1 + 0.2, log, 'sum')
    loop.callAt(0.3, () => { log('number'); loop.callSoon(log, 'next turn'); loop.stop() })
    loop.runForever()
    log('stopped')
    loop.close()
  },

  'a timer that is ready may still be cancelled in the same turn'(log) {
    const loop = newLoop()
    loop.callLater(1, () => { log('first'); second.cancel() })
    const second: TimerHandle = loop.callLater(1, log, 'second')
    loop.callLater(1, () => loop.stop())
    loop.runForever()
    log(second.cancelled())
    loop.close()
  },

  'when most of many timers are cancelled, the others fire in order'(log) {
    const loop = newLoop()
    const timers = Array.from({ length: 300 }, (_, n) => loop.callLater((n * 7) % 300, log, (n * 7) % 300))
    timers.forEach((timer, n) => {
      if (n % 50 !== 0) timer.cancel()
    })
    loop.callLater(400, () => loop.stop())
    loop.runForever()
    log('end at', loop.time())
    loop.close()
  },

  'delays count from the time of the call, not from the start of the previous turn'(log) {
    const loop = newLoop()

    function again(n: number) {
      log(n, 'at', loop.time())
      if (n < 3) loop.callLater(10, again, n + 1)
      else loop.stop()
    }

    loop.callLater(5, again, 0)
    loop.runForever()
    loop.close()
  },
}
