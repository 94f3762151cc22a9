import { registers } from './registers.ts'

/** Who wants to be told: the watcher of `watch()`, the tracer of `setTrace()`. */
export interface Hooks {
  /** A coroutine object has been made, and not run yet. */
  made: ((coroutine: object) => void) | null
  watcher: ((event: unknown) => void) | null
  /** The stacks of the fibers that wait for something under the loop that runs. */
  waitingStacks: (() => Iterable<object>) | null
  tracer: ((event: 'switch' | 'throw', greenlets: [origin: object, target: object]) => unknown) | null
}

export const hooks: Hooks = { made: null, watcher: null, waitingStacks: null, tracer: null }

/** Set a hook, or with `null` none. The hot paths look at `registers.observed` alone. */
export function setHook<Name extends keyof Hooks>(name: Name, hook: Hooks[Name]): void {
  hooks[name] = hook
  registers.observed = hooks.watcher !== null || hooks.tracer !== null
}
