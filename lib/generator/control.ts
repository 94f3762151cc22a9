/** How a frame is resumed. `THROW` throws at a `yield`, `RAISE` at a `yield*` that waits for its driver. */
export const SEND = 0
export const THROW = 1
export const RAISE = 2
export type Mode = typeof SEND | typeof THROW | typeof RAISE

/** Why control left a stack. `registers.value` has the value, the error or the request. */
export const YIELDED = 0
export const RETURNED = 1
export const FAILED = 2
export const REQUESTED = 3
export type Signal = typeof YIELDED | typeof RETURNED | typeof FAILED | typeof REQUESTED
