// The thread that takes Ctrl-C for a program that is recorded. It sleeps in a script that Ctrl-C ends, and tells the other thread. When that one
// does not look, the next Ctrl-C ends the process at once.
import { Script } from 'node:vm'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { PRESSED, SEEN } from './interrupts.ts'

/** The key of the function in which the script sleeps. A script sees global names only. */
const SLEEP = Symbol.for('yieldfrom.sleep')

/** Sleep until a Ctrl-C that comes while the one before has not been seen yet. */
function takeThem(cells: Int32Array): void {
  const script = new Script("globalThis[Symbol.for('yieldfrom.sleep')]()")
  Object.assign(globalThis, { [SLEEP]: () => { Atomics.wait(cells, PRESSED, Atomics.load(cells, PRESSED)) } })
  parentPort?.postMessage('it is there')
  for (;;) {
    try {
      script.runInThisContext({ breakOnSigint: true })
    } catch (error) {
      if ((error as { readonly code?: string }).code !== 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw error
      const isSeen = Atomics.load(cells, SEEN) === Atomics.load(cells, PRESSED)
      if (!isSeen) return
      Atomics.add(cells, PRESSED, 1)
      parentPort?.postMessage(null)
    }
  }
}

if (!isMainThread) {
  takeThem(workerData as Int32Array)
  process.kill(process.pid, 'SIGINT') // nobody takes it any more
}
