/** The library with a clock that skips idle time, and what programs log; the twin of `world.py`. */
import {
  type Awaitable, CancelScope, type Coroutine, EventLoop, ExceptionGroup, VirtualHost, getRunningLoop,
  run as runCoroutine, sleep, use,
} from '../../../../lib/index.ts'
import { type Log, show } from '../../programs.ts'

/** Run a generator function to its end. */
export function run<T>(main: () => Coroutine<T>): T {
  const loopFactory = () => new EventLoop({ host: new VirtualHost(), logger: () => undefined })
  return runCoroutine(main(), { loopFactory })
}

export function now(): number { return getRunningLoop().time() }

/** Sleep, log how that ends, and when. */
export function* nap(log: Log, name: string, time: number): Coroutine<void> {
  try {
    yield* sleep(time)
  } catch (error) {
    log(name, error, 'at', now())
    throw error
  }
  log(name, 'has slept until', now())
}

/** The same behind a shield. */
export function* shielded(log: Log, name: string, time: number): Coroutine<void> {
  yield* use(new CancelScope({ shield: true }), function* () { yield* nap(log, name, time) })
}

/** Sleep, and then do something that does not wait. */
export function* later(time: number, action: () => unknown): Coroutine<void> {
  yield* sleep(time)
  action()
}

/** Wait for something, and log how it ends, with all that is in a group, and when. */
export function* ending(log: Log, name: string, awaitable: Awaitable<unknown>): Coroutine<void> {
  try {
    log(name, 'gives', yield* awaitable, 'at', now())
  } catch (error) {
    log(name, 'throws', tree(error), 'at', now())
  }
}

/** Do something that does not wait, and log how it ends. */
export function attempt(log: Log, name: string, action: () => unknown): void {
  try {
    log(name, 'gives', action())
  } catch (error) {
    log(name, 'throws', error)
  }
}

/** An error by its name; a group with all that is in it, in an order of its own. */
export function tree(error: unknown): string {
  return error instanceof ExceptionGroup ? `ExceptionGroup[${error.errors.map(tree).sort().join(', ')}]` : show(error)
}

/** Log what a scope says of itself. */
export function tell(log: Log, name: string, scope: CancelScope): void {
  log(name, 'called', scope.cancelCalled, 'caught', scope.cancelledCaught)
}
