/** What programs do to a loop, logged the same in both languages. */
import type { EventLoop } from '../../../../lib/index.ts'
import { type Log, show } from '../../programs.ts'

/** Log what an action gives, or throws. */
export function attempt(log: Log, action: () => unknown): void {
  try {
    log('returned', action())
  } catch (error) {
    log('raised', error)
  }
}

/** One turn of a loop, which does not wait. */
export function turn(loop: EventLoop): void {
  loop.stop()
  loop.runForever()
}

/** Log the number of each turn: 0, 1, 2... */
export function ticker(loop: EventLoop, log: Log, count: number): void {
  function tick(n: number) {
    log(n)
    if (n + 1 < count) loop.callSoon(tick, n + 1)
  }
  loop.callSoon(tick, 0)
}

/** Log what the exception handler is told: the error, and what else it comes with. */
export function reports(loop: EventLoop, log: Log): void {
  loop.setExceptionHandler((_loop, context) => {
    log('report:', ...Object.keys(context).sort().filter(key => key !== 'message'), '=', show(context.exception))
  })
}
