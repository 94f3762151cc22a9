import { Script } from 'node:vm'
import { INTERRUPTS, NEWS, NOTIFIED, isNewInterrupt } from './cells.ts'
import type { Sleep } from './this-thread.ts'

/** How long to wait plainly first, in milliseconds. A wait that Ctrl-C can end takes long to set up, and most waits are short. */
const SHORT = 2

/** The script finds the wait under this name in the global object, while the wait lasts. */
const NAME = Symbol.for('yieldfrom.wait')

interface Shared {
  [NAME]?: () => void
}

let scripts: { readonly shared: Shared; readonly wait: Script } | null = null

/** Sleep until there is news. Ctrl-C ends the sleep. */
export const interruptibleSleep: Sleep = {
  mark: NOTIFIED,
  wait: (cells, seen, ms) => {
    if (Atomics.wait(cells, NEWS, seen, Math.min(ms, SHORT)) !== 'timed-out' || ms <= SHORT) return
    waitInterruptibly(cells, () => { Atomics.wait(cells, NEWS, seen, ms - SHORT) })
  },
}

/**
 * Wait so that Ctrl-C ends the wait. The Ctrl-C is counted, as the guard counts it. Only a wait may run in this way: a program
 * that is interrupted in its middle would end without its `finally`.
 */
export function waitInterruptibly(cells: Int32Array, sleep: () => void): void {
  scripts ??= {
    shared: new Script('globalThis').runInThisContext() as Shared,
    wait: new Script("globalThis[Symbol.for('yieldfrom.wait')]()"),
  }
  const { shared, wait } = scripts
  shared[NAME] = sleep
  try {
    wait.runInThisContext({ breakOnSigint: true })
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw error
    if (!isNewInterrupt(cells)) return
    Atomics.add(cells, INTERRUPTS, 1)
    Atomics.add(cells, NEWS, 1)
  } finally {
    Reflect.deleteProperty(shared, NAME)
  }
}
