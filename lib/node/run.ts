import type { Awaitable } from '../generator/types.ts'
import { Runner as PlainRunner, type RunnerOptions, runAndClose } from '../run/runner.ts'
import { EventLoop } from '../task/event-loop.ts'
import { isDefaultPolicy, newEventLoop } from '../task/loops.ts'
import { NodeHost } from './host/node-host.ts'

/**
 * Runs coroutines one after the other, in one loop and one context: `using runner = new Runner()`. Its loop has a `NodeHost`, for
 * real input and output. If you have set a policy, the policy makes the loop instead. It is Python's `asyncio.Runner`.
 */
export class Runner extends PlainRunner {
  /** @internal */
  protected override $newLoop(): EventLoop {
    return isDefaultPolicy() ? new EventLoop({ host: new NodeHost() }) : newEventLoop()
  }
}

/**
 * Run a program with real input and output: `const result = run(main())`. A new loop runs until `main` is done. The caller is
 * blocked meanwhile. Then the tasks that are left are cancelled, and the loop is closed. Ctrl-C cancels `main`. It is Python's
 * `asyncio.run()`.
 * @returns the result of `main`.
 * @throws the error of `main`; KeyboardInterrupt after Ctrl-C; DeadlockError when nothing is left that could wake it;
 * RuntimeError when a loop runs already.
 */
export function run<T>(main: Awaitable<T>, options: RunnerOptions = {}): T { return runAndClose(new Runner(options), main) }
