/** What programs log about a barrier; the twin of `barriers.py`. */
import type { Barrier } from '../../../../lib/index.ts'

/** How many wait, and whether it is broken. */
export function state(barrier: Barrier): [number, boolean] { return [barrier.nWaiting, barrier.broken] }
