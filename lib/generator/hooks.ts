import { registers } from './registers.ts'

/** The functions to call when something happens, such as the watcher of `watch()` and the tracer of `setTrace()`. */
export interface Hooks {
  /** Called when a coroutine object has been made. */
  made: ((coroutine: object) => void) | null
  watcher: ((event: unknown) => void) | null
  /** The stacks of the fibers that wait for something under the loop that runs. */
  waitingStacks: (() => Iterable<object>) | null
  tracer: ((event: 'switch' | 'throw', greenlets: [origin: object, target: object]) => unknown) | null
}

export const hooks: Hooks = { made: null, watcher: null, waitingStacks: null, tracer: null }

/** Set a hook; `null` removes it. The hot paths look at `registers.observed` alone. */
export function setHook<Name extends keyof Hooks>(name: Name, hook: Hooks[Name]): void {
  hooks[name] = hook
  registers.observed = hooks.watcher !== null || hooks.tracer !== null
}
