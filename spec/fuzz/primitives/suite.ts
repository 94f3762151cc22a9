import type { Suite } from '../suite.ts'
import { pruning } from '../tasks/prune.ts'
import { asyncio } from '../tasks/suite.ts'
import { run } from './interpret.ts'
import { type Program, programs } from './programs.ts'

/** Random tasks with locks, conditions, barriers, queues, groups, exit stacks and asynchronous generators. */
export const primitives: Suite<Program> = {
  name: 'primitives',
  oracle: asyncio,
  programs,
  run: (program, trace) => { run(program, trace) },
  prune: pruning(run),
}
