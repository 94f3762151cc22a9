import type { Coroutine } from '../generator/types.ts'
import type { EventLoop } from '../task/event-loop.ts'

/**
 * Run two turns of a loop that does not run: what is ready, and what becomes ready by that (`run_briefly` of asyncio's tests).
 */
export function runBriefly(loop: EventLoop): void { loop.runUntilComplete(nothing()) }

function* nothing(): Coroutine<void> { /* its task ends in the first turn, and the loop hears of it in the second */ }
