import { writeSync } from 'node:fs'

/**
 * A few numbers that a thread shares with the threads that may wake it. `NEWS` only counts up, so no news is lost between a look
 * and a wait.
 */

/** Counts what has come in for the thread. */
export const NEWS = 0
/**
 * Holds how the thread sleeps, and so how it is woken: 0 while it is awake; `NOTIFIED`; or, when it waits for descriptors of the system, the
 * number of one that wakes it, and two more.
 */
export const ASLEEP = 1
/** Counts how often Ctrl-C was pressed. */
export const INTERRUPTS = 2
/** Counts how many of these the thread has seen. */
export const INTERRUPTS_SEEN = 3
/** Holds 1 while the thread wants to see Ctrl-C. */
export const INTERRUPTIBLE = 4
/** Holds 1 while the guard takes each Ctrl-C. */
export const GUARDED = 5
/** Holds 1 while the I/O thread looks by itself for what is sent to it, and when it was woken by a message that it has not seen yet. */
export const RUNG = 6
/** Holds 1 while the thread was woken by a message that it has not seen yet. It sees messages only when Node's event loop drives it. */
export const RUNG_BACK = 7
/** Holds 1 while the thread wants such messages. */
export const WANTS_RING = 8
/** Holds the time of the last Ctrl-C, in milliseconds, without its upper bits. */
const PRESSED_AT = 9
const COUNT = 10

/** The thread sleeps in `Atomics.wait`. */
export const NOTIFIED = 1
/** What `ASLEEP` holds more than the number of a descriptor. */
const BELL = 2

/** What an `eventfd` adds to its count. */
const ONE = new BigUint64Array([1n])

/** Signals that come sooner than this after another one are of the same key, in milliseconds. Nobody presses a key twice so fast. */
const SAME_KEY = 100

export function makeCells(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(COUNT * Int32Array.BYTES_PER_ELEMENT))
}

/**
 * Is a signal that comes now not of the same Ctrl-C as the last one? A terminal sends it to all processes of a program, and a runner
 * such as tsx passes on the one that it gets, so it may come twice. A second one would end the program without its cleanup.
 */
export function isNewInterrupt(cells: Int32Array): boolean {
  const now = Date.now() | 0
  const elapsed = now - Atomics.load(cells, PRESSED_AT)
  if (elapsed >= 0 && elapsed < SAME_KEY) return false
  Atomics.store(cells, PRESSED_AT, now)
  return true
}

/** Tell the thread of these cells that something has come in, and wake it if it sleeps. It is woken once, because that takes long. */
export function wake(cells: Int32Array): void {
  Atomics.add(cells, NEWS, 1)
  const asleep = Atomics.exchange(cells, ASLEEP, 0)
  if (asleep === NOTIFIED) Atomics.notify(cells, NEWS)
  else if (asleep !== 0) writeSync(asleep - BELL, ONE)
}

/** What `ASLEEP` holds while the thread is woken by a descriptor, an `eventfd`. */
export function wokenBy(fd: number): number { return fd + BELL }
