/**
 * What a thread shares with those that may wake it: a few numbers. They only count up, so that nothing is lost between the
 * look and the wait.
 */

/** Goes up whenever something has come in for the thread. */
export const NEWS = 0
/** Is 1 while the thread sleeps, and has to be notified. */
export const ASLEEP = 1
/** How often Ctrl-C was pressed. */
export const INTERRUPTS = 2
/** How many of these the thread has seen. */
export const INTERRUPTS_SEEN = 3
/** Is 1 while somebody in the thread wants to be told of Ctrl-C. */
export const INTERRUPTIBLE = 4
/** Is 1 while the guard takes each Ctrl-C. */
export const GUARDED = 5
/** Is 1 while the thread, or the I/O thread that serves it, has a message that it has not seen. */
export const RUNG = 6
/** The same for the thread that is served, when Node's event loop drives it. */
export const RUNG_BACK = 7
/** Is 1 while it is driven so, and wants to be rung back. */
export const WANTS_RING = 8
const COUNT = 9

export function makeCells(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(COUNT * Int32Array.BYTES_PER_ELEMENT))
}

/** Something has come in for the thread of these cells. */
export function wake(cells: Int32Array): void {
  Atomics.add(cells, NEWS, 1)
  if (Atomics.load(cells, ASLEEP) === 1) Atomics.notify(cells, NEWS)
}
