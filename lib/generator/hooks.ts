import { registers } from './registers.ts'

/** What watchers can ask of the loop that runs. */
export interface LoopMoment {
  time(): number
  /** The task whose turn it is. */
  readonly $taskOfTurn: object | null
}

/** The functions to call when something happens, such as the watchers of `watch()` and the tracer of `setTrace()`. */
export interface Hooks {
  /** Called when a coroutine object has been made, or an operation of the library's own, in whose place one writes `words`. */
  made: ((awaitable: object, words: string | null) => void) | null
  /** Who watches, and `null` for nobody. The array is not changed, but replaced. */
  watchers: readonly object[] | null
  /** The one who watches, or one who tells all of them. */
  audience: object | null
  /** The stacks of the fibers that wait for something under the loop that runs. */
  waitingStacks: (() => Iterable<object>) | null
  tracer: ((event: 'switch' | 'throw', greenlets: [origin: object, target: object]) => unknown) | null
  /** The loop that runs. */
  moment: LoopMoment | null
  /** The number of the last event. */
  seq: number
  /** A watcher runs: what it drives is not told of. */
  telling: boolean
}

export const hooks: Hooks = {
  made: null, watchers: null, audience: null, waitingStacks: null, tracer: null, moment: null, seq: 0, telling: false,
}

/** Set a hook; `null` removes it. The hot paths look at `registers.observed` alone. */
export function setHook<Name extends keyof Hooks>(name: Name, hook: Hooks[Name]): void {
  hooks[name] = hook
  registers.observed = hooks.watchers !== null || hooks.tracer !== null
}
