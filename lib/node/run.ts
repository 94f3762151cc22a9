import type { Awaitable } from '../generator/types.ts'
import { Runner as PlainRunner, type RunnerOptions } from '../run/runner.ts'
import { EventLoop } from '../task/event-loop.ts'
import { isDefaultPolicy, newEventLoop } from '../task/loops.ts'
import { NodeHost } from './host/node-host.ts'

/**
 * Runs coroutines one after the other in one loop and one context (Python's `asyncio.Runner`): `using runner = new Runner()`.
 * Without options its loop has a `NodeHost`, for real input and output; or it is what the policy makes, if one was set.
 */
export class Runner extends PlainRunner {
  /** @internal */
  protected override $newLoop(): EventLoop {
    return isDefaultPolicy() ? new EventLoop({ host: new NodeHost() }) : newEventLoop()
  }
}

/**
 * Run a program with real input and output: `const result = run(main())`. A new loop runs until `main` is done, the caller
 * being blocked; then what still runs is cancelled, and the loop is closed (Python's `asyncio.run`). Ctrl-C cancels `main`.
 * @returns the result of `main`.
 * @throws what `main` throws; KeyboardInterrupt after Ctrl-C; DeadlockError when nothing is left that could wake it;
 * RuntimeError inside a running loop.
 */
export function run<T>(main: Awaitable<T>, options: RunnerOptions = {}): T {
  const runner = new Runner(options)
  try {
    return runner.run(main)
  } finally {
    runner.close()
  }
}
