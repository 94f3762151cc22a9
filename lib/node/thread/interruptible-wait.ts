import { Script } from 'node:vm'
import { INTERRUPTS, NEWS } from './cells.ts'

/** How long it pays to wait plainly before a wait is made that Ctrl-C ends, which takes long to set up; in milliseconds. */
const SHORT = 2

/** The wait is called through the global object that scripts see, for as long as it takes. */
const NAME = Symbol.for('yieldfrom.wait')

interface Shared {
  [NAME]?: () => void
}

let scripts: { readonly shared: Shared; readonly wait: Script } | null = null

/** A wait for news that Ctrl-C ends. */
export function interruptibleWait(cells: Int32Array, seen: number, ms: number): void {
  if (Atomics.wait(cells, NEWS, seen, Math.min(ms, SHORT)) !== 'timed-out' || ms <= SHORT) return
  waitInterruptibly(cells, () => { Atomics.wait(cells, NEWS, seen, ms - SHORT) })
}

/**
 * Wait so that Ctrl-C ends it: that is counted, as if the guard had seen it. Only a wait is run in this way: what is
 * interrupted in the midst of a program would end without its `finally`.
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
    Atomics.add(cells, INTERRUPTS, 1)
    Atomics.add(cells, NEWS, 1)
  } finally {
    Reflect.deleteProperty(shared, NAME)
  }
}
