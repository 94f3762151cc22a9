/**
 * The bridge to promises, and to what the web platform builds on them. No other file of the library knows a promise.
 * @module
 */
export { PromiseInBlockingLoopError } from './errors.ts'
export { fromPromise } from './from-promise.ts'
export { type LoopOption, toPromise } from './to-promise.ts'
export { fromAbortSignal, toAbortSignal } from './abort-signal.ts'
export { fromAsyncIterable, toAsyncIterable } from './async-iterable.ts'
export { fromReadableStream, toReadableStream } from './readable-stream.ts'
export { type EventsOptions, fromEventTarget, toEventTarget } from './event-target.ts'
export { type WritableSender, fromWritableStream, toWritableStream } from './writable-stream.ts'
