import co from 'co'
import type { Case } from '../harness/group.mts'

const OPS = 1_000

function* child(n: number): Generator<never, number> { return n }

function* calls(): Generator<unknown, number, unknown> {
  let sum = 0
  for (let n = 0; n < OPS; n++) sum += (yield child(n)) as number
  return sum
}

export const spawning: Case = {
  name: 'co: yield a generator', ops: OPS, gives: OPS * (OPS - 1) / 2, prepare: () => () => co(calls),
}
