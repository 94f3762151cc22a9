import { runIn } from '../tasks/interpret.ts'
import type { Trace } from '../trace.ts'
import type { Program } from './programs.ts'
import { WorldWithKit } from './world.ts'

export function run(program: Program, trace: Trace): WorldWithKit {
  const world = new WorldWithKit(program, trace)
  runIn(world)
  return world
}
