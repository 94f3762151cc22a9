/** The library with a clock that skips idle time; what `virtual.py` does to asyncio. */
import { type Awaitable, EventLoop, type RunnerOptions, VirtualHost, run as runMain } from '../../../../lib/index.ts'

/** A loop whose reports nobody sees: a program that is about reports sets a handler. */
export function newLoop(): EventLoop { return new EventLoop({ host: new VirtualHost(), logger: () => undefined }) }

/** `run()` with the virtual clock. */
export function run<T>(main: Awaitable<T>, options: Omit<RunnerOptions, 'host' | 'loopFactory'> = {}): T {
  return runMain(main, { ...options, loopFactory: newLoop })
}
