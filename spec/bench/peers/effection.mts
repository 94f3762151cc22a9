import { type Operation, run, spawn } from 'effection'
import type { Case } from '../harness/group.mts'

const OPS = 500

function* child(n: number): Operation<number> { return n }

function* spawns(): Operation<number> {
  let sum = 0
  for (let n = 0; n < OPS; n++) {
    const task = yield* spawn(() => child(n))
    sum += yield* task
  }
  return sum
}

async function spawnAll(): Promise<number> { return await run(spawns) }

export const spawning: Case = {
  name: 'effection: spawn', ops: OPS, gives: OPS * (OPS - 1) / 2, prepare: () => spawnAll,
}
