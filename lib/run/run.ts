import type { Awaitable } from '../generator/types.ts'
import { Runner, type RunnerOptions, runAndClose } from './runner.ts'

/**
 * Run a program: `const result = run(main())`. A new loop runs until `main` is done. The caller is blocked meanwhile. Then the
 * tasks that are left are cancelled, and the loop is closed. It is Python's `asyncio.run()`.
 * @param options.host where time comes from; by default the real time of the computer.
 * @param options.debug true for debug mode.
 * @param options.loopFactory makes the loop.
 * @returns the result of `main`.
 * @throws the error of `main`; DeadlockError when nothing is left that could wake it; RuntimeError when a loop runs already.
 */
export function run<T>(main: Awaitable<T>, options: RunnerOptions = {}): T { return runAndClose(new Runner(options), main) }
