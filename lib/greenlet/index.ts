/**
 * The door `yieldfrom/greenlet`: generators and greenlets, without any loop.
 * @module
 */
export {
  ArgumentError, AttributeError, BadYieldError, BaseException, type ErrorDetails, GeneratorBusyError, GeneratorExit, GreenletError, GreenletExit,
  LookupError, RuntimeError, StopIteration, ValueError,
} from '../base/errors.ts'
export { Context } from '../context/context.ts'
export { ContextVar, Token, copyContext } from '../context/context-var.ts'
export { coroutine, isCoroutine } from '../generator/coroutine.ts'
export { type GeneratorState, type PyGenerator, pyGenerator } from '../generator/py-generator.ts'
export type { Awaitable, Coroutine, Delegation, Emitted, Passing, Trap, TrapToken, Yielded } from '../generator/types.ts'
export { type EventKind, type FrameView, type SwitchView, type WatchEvent, type Watcher, watch } from '../generator/watch.ts'
export { type Delegable, yieldFrom } from '../generator/yield-from.ts'
export { Greenlet, type PlainResult, type Run, getCurrent, greenlet } from './greenlet.ts'
export { runMain } from './run-main.ts'
export type { Switch, Switched, Switching } from './switched.ts'
export { type TraceEvent, type Tracer, getTrace, setTrace } from './set-trace.ts'
export { type Register, suspend } from './suspend.ts'
