/**
 * npm run soak                     a million tasks alive at once, ten million turns, and the heap as it was before
 * npm run soak -- --minutes 60     everything at once for an hour: tasks, timers, queues, groups, cancellations, owners, locks, greenlets,
 *                                  sockets, HTTP, files, threads, processes; every minute, what the heap holds
 *
 * Ends with 1 when the heap has grown: by more than 5 % in the first, by more than 2 % in the second.
 */
import { option } from './harness/options.mts'
import { everything } from './soak/everything.mts'
import { many } from './soak/many.mts'

const minutes = option('minutes')
process.exitCode = (minutes === undefined ? many() : await everything(Number(minutes))) ? 0 : 1
