// The thread that takes Ctrl-C for a program that is recorded. It sleeps in a script that Ctrl-C ends, and tells the other thread. When that one
// does not look, because it blocks or computes, the process ends at once.
import { Script } from 'node:vm'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { HANDLED, PRESSED, SEEN } from './interrupts.ts'

/** How long the other thread may take to look, in milliseconds. */
const PATIENCE = 1000

/** Sleep until Ctrl-C is pressed; if it was, until the other thread has seen it, or for a while. */
function sleep(cells: Int32Array): void {
  const seen = Atomics.load(cells, SEEN)
  const pressed = Atomics.load(cells, PRESSED)
  if (seen === pressed) Atomics.wait(cells, PRESSED, pressed)
  else Atomics.wait(cells, SEEN, seen, PATIENCE)
}

/** Take each Ctrl-C, until the other thread does not look. A program that handles Ctrl-C has all the time that it wants. */
function takeThem(cells: Int32Array): void {
  const script = new Script("globalThis[Symbol.for('yieldfrom.sleep')]()") // it sees global names only
  Object.assign(globalThis, { [Symbol.for('yieldfrom.sleep')]: () => { sleep(cells) } })
  parentPort?.postMessage('it is there')
  for (;;) {
    try {
      script.runInThisContext({ breakOnSigint: true })
      if (Atomics.load(cells, SEEN) < Atomics.load(cells, PRESSED) && Atomics.load(cells, HANDLED) === 0) return
    } catch (error) {
      if ((error as { readonly code?: string }).code !== 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw error
      if (Atomics.load(cells, SEEN) < Atomics.load(cells, PRESSED)) return
      Atomics.add(cells, PRESSED, 1)
      parentPort?.postMessage(null)
    }
  }
}

if (!isMainThread) {
  takeThem(workerData as Int32Array)
  process.kill(process.pid, 'SIGINT') // nobody takes it any more
}
