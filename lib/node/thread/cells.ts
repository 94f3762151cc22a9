/**
 * A few numbers that a thread shares with the threads that may wake it. `NEWS` only counts up, so no news is lost between a look
 * and a wait.
 */

/** Counts what has come in for the thread. */
export const NEWS = 0
/** Holds 1 while the thread sleeps and has to be notified. */
export const ASLEEP = 1
/** Counts how often Ctrl-C was pressed. */
export const INTERRUPTS = 2
/** Counts how many of these the thread has seen. */
export const INTERRUPTS_SEEN = 3
/** Holds 1 while the thread wants to see Ctrl-C. */
export const INTERRUPTIBLE = 4
/** Holds 1 while the guard takes each Ctrl-C. */
export const GUARDED = 5
/** Holds 1 while the I/O thread was woken by a message that it has not seen yet. */
export const RUNG = 6
/** Holds 1 while the thread was woken by a message that it has not seen yet. It sees messages only when Node's event loop drives it. */
export const RUNG_BACK = 7
/** Holds 1 while the thread wants such messages. */
export const WANTS_RING = 8
const COUNT = 9

export function makeCells(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(COUNT * Int32Array.BYTES_PER_ELEMENT))
}

/** Tell the thread of these cells that something has come in, and wake it if it sleeps. */
export function wake(cells: Int32Array): void {
  Atomics.add(cells, NEWS, 1)
  if (Atomics.load(cells, ASLEEP) === 1) Atomics.notify(cells, NEWS)
}
