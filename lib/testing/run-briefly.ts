import type { Coroutine } from '../generator/types.ts'
import type { EventLoop } from '../task/event-loop.ts'

/** Run what is ready in a loop that does not run, for one turn. */
export function runBriefly(loop: EventLoop): void { loop.runUntilComplete(nothing()) }

function* nothing(): Coroutine<void> { /* its task takes one turn */ }
