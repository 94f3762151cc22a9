/** Tasks that want the same thing, and show how they get on; the twin of `crew.py`. */
import {
  type Awaitable, type ContextManager, type Coroutine, type Task, createTask, getRunningLoop, sleep, use,
} from '../../../../lib/index.ts'
import type { Log } from '../../programs.ts'
import { outcome } from './witness.ts'

/** A task that waits for something, and logs how it ends. */
export function start(log: Log, name: string, awaitable: Awaitable<unknown>): Task<void> {
  return createTask(outcome(log, name, awaitable), { name })
}

/** Tasks that ask for the same thing, one after the other. */
export function lineUp<N extends string[]>(
  log: Log, ask: () => Awaitable<unknown>, ...names: N
): { [I in keyof N]: Task<void> } {
  return names.map(name => start(log, name, ask())) as { [I in keyof N]: Task<void> }
}

/** Take a lock, hold it for a while, and give it back. */
export function* hold(log: Log, name: string, lock: ContextManager<unknown>, ms: number): Coroutine<void> {
  yield* use(lock, function* () {
    log(name, 'has it at', getRunningLoop().time())
    yield* sleep(ms)
  })
}

/** Let the others have so many turns. */
export function* turns(count: number): Coroutine<void> {
  for (let i = 0; i < count; i++) yield* sleep(0)
}
