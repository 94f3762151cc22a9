import type { Primitive } from '../harness/scale/primitive.mts'
import { chains } from '../work/scale/chains.mts'
import { groups } from '../work/scale/children.mts'
import { contexts } from '../work/scale/contexts.mts'
import { frames, generators } from '../work/scale/frames.mts'
import { greenlets } from '../work/scale/greenlets.mts'
import { queues } from '../work/scale/queues.mts'
import { reports } from '../work/scale/reports.mts'
import { scopes } from '../work/scale/scopes.mts'
import { doneCallbacks, timers } from '../work/scale/timers.mts'
import { waiters } from '../work/scale/waiters.mts'

export { memory } from '../work/scale/memory.mts'

/** All of which there can be very many, in the order of the report. */
export const primitives: readonly Primitive[] = [
  ...waiters, ...queues, ...groups, ...scopes, ...timers, ...doneCallbacks, ...frames, ...generators, ...greenlets,
  ...contexts, ...chains, ...reports,
]
