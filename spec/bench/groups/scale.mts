import type { Primitive } from '../harness/scale/primitive.mts'
import { chains } from '../cases/scale/chains.mts'
import { groups } from '../cases/scale/children.mts'
import { contexts } from '../cases/scale/contexts.mts'
import { frames, generators } from '../cases/scale/frames.mts'
import { greenlets } from '../cases/scale/greenlets.mts'
import { queues } from '../cases/scale/queues.mts'
import { reports } from '../cases/scale/reports.mts'
import { scopes } from '../cases/scale/scopes.mts'
import { doneCallbacks, timers } from '../cases/scale/timers.mts'
import { waiters } from '../cases/scale/waiters.mts'

export { memory } from '../cases/scale/memory.mts'

/** All of which there can be very many, in the order of the report. */
export const primitives: readonly Primitive[] = [
  ...waiters, ...queues, ...groups, ...scopes, ...timers, ...doneCallbacks, ...frames, ...generators, ...greenlets,
  ...contexts, ...chains, ...reports,
]
