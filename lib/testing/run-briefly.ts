import type { Coroutine } from '../generator/types.ts'
import type { EventLoop } from '../task/event-loop.ts'

/** Run what is ready in a loop that does not run, and what becomes ready by it: two turns (asyncio's `run_briefly`). */
export function runBriefly(loop: EventLoop): void { loop.runUntilComplete(nothing()) }

function* nothing(): Coroutine<void> { /* its task ends in the first turn, and the loop hears of it in the second */ }
