import type { ErrorName } from '../errors.ts'
import type { Call, ContextOf, Operation, Statement } from '../tasks/programs.ts'

/** What tasks share. Numbers choose one: of the kit the nth, of what is made on the way the nth from the end. */
export type Primitive =
  | { readonly is: 'lock' | 'event' }
  /** `lock`: that of the kit, shared. */
  | { readonly is: 'condition'; readonly lock: number | null }
  | { readonly is: 'semaphore'; readonly value: number; readonly bounded: boolean }
  | { readonly is: 'barrier'; readonly parties: number }
  | { readonly is: 'queue'; readonly kind: 'Queue' | 'LifoQueue' | 'PriorityQueue'; readonly maxsize: number }

/** The body of an asynchronous generator. `owned`: its statements run in a frame of their own. */
export interface GeneratorBody {
  readonly owned: boolean
  readonly body: readonly Statement[]
}

export type PrimitiveAwaitable =
  /** Of a lock, a condition or a semaphore. */
  | { readonly is: 'acquire'; readonly of: number }
  /** For an event, a condition or a barrier. */
  | { readonly is: 'wait'; readonly of: number }
  /** For a condition, until the count is that high. */
  | { readonly is: 'wait_until'; readonly of: number; readonly count: number }
  /** Of a barrier. */
  | { readonly is: 'reset' | 'abort'; readonly of: number }
  | { readonly is: 'put'; readonly of: number; readonly item: number }
  | { readonly is: 'get' | 'join'; readonly of: number }
  | Step
  /** Leave an exit stack whose exits were moved away. */
  | { readonly is: 'close_stack'; readonly at: number }

/** Ask an asynchronous generator to go on; if there is none, it is made. */
export interface Step {
  readonly is: 'step'
  readonly at: number
  readonly how: 'anext' | 'asend' | 'athrow' | 'aclose'
  readonly value: number | null
  readonly error: ErrorName
}

export type PrimitiveOperation =
  | { readonly op: 'release' | 'notify_all' | 'set' | 'clear' | 'get_nowait' | 'task_done'; readonly of: number }
  | { readonly op: 'notify'; readonly of: number; readonly count: number }
  | { readonly op: 'put_nowait'; readonly of: number; readonly item: number }
  | { readonly op: 'shutdown'; readonly of: number; readonly immediate: boolean }
  /** What conditions wait for. */
  | { readonly op: 'count' }
  | { readonly op: 'group_task'; readonly at: number; readonly call: Call; readonly context: ContextOf }
  | { readonly op: 'generate'; readonly at: number }

/** What has a body, and may fail at its end. `quiet`: its error goes no further, but for a BaseException. */
interface Scope {
  readonly body: readonly Statement[]
  readonly quiet: boolean
}

export type PrimitiveStatement =
  /** `async with` a lock, a condition, a semaphore or a barrier. */
  | Scope & { readonly op: 'with'; readonly of: number }
  /** `async with` a manager of the program's own. */
  | Scope & { readonly op: 'manage'; readonly manager: Manager }
  /** `pop`: its exits are moved away at the end of the body. */
  | Scope & { readonly op: 'stack'; readonly exits: readonly Exit[]; readonly pop: boolean }
  | Scope & { readonly op: 'group' }
  /** `async for` over a generator, or over a new one, `times` at the most; then it is closed. */
  | Scope & { readonly op: 'for'; readonly at: number; readonly fresh: boolean; readonly times: number }
  /** `async with aclosing()` a generator. */
  | Scope & { readonly op: 'closing'; readonly at: number }
  /** The `yield` of an asynchronous generator. */
  | { readonly op: 'emit'; readonly value: number }

export interface Manager {
  readonly enter: readonly Statement[]
  readonly exit: readonly Statement[]
  /** Does it keep an error to itself? */
  readonly swallow: boolean
}

/** What an exit stack is to do at its end. */
export type Exit =
  | { readonly is: 'manager' | 'exit'; readonly manager: Manager }
  | { readonly is: 'primitive'; readonly of: number }
  | { readonly is: 'callback'; readonly does: readonly Operation[] }
  | { readonly is: 'coroutine'; readonly does: readonly Statement[] }
