import type { Suite } from '../suite.ts'
import { asyncio as oracle } from '../tasks/suite.ts'
import type { Trace } from '../trace.ts'
import { begin } from './interpret.ts'
import type { Program } from './language.ts'
import { programsOf } from './programs.ts'
import { asyncio } from './vocabularies.ts'
import { Witness } from './witness.ts'
import { World } from './world.ts'

/** Groups, limits and cleanups in each other, whose tasks are cancelled at any moment. */
export const nests: Suite<Program> = {
  name: 'nests',
  oracle,
  programs: programsOf(asyncio),
  run,
}

function run(program: Program, trace: Trace): void {
  const world = new World(program, (now, who, words) => {
    trace.write(now, who?.name ?? 'loop', who?.task?.cancelling() ?? 0, ...words)
  }, new Witness())
  begin(world)
  for (;;) {
    const { ready, nextTimerAt } = world.loop.tick()
    if (ready > 0) continue
    if (nextTimerAt === null) break
    world.host.wait(nextTimerAt - world.now())
  }
  trace.write('left', world.actors.filter(({ task }) => task?.done() === false).map(({ name }) => name))
  world.loop.close()
}
