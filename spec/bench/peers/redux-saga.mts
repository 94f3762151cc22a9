import { type Task, runSaga } from 'redux-saga'
import { type Effect, call, fork, join } from 'redux-saga/effects'
import type { Case } from '../harness/group.mts'

const OPS = 1_000
const SUM = OPS * (OPS - 1) / 2

function* child(n: number): Generator<never, number> { return n }

function* forks(): Generator<Effect, number, unknown> {
  let sum = 0
  for (let n = 0; n < OPS; n++) {
    const task = (yield fork(child, n)) as Task<number>
    sum += (yield join(task)) as number
  }
  return sum
}

function* calls(): Generator<Effect, number, unknown> {
  let sum = 0
  for (let n = 0; n < OPS; n++) sum += (yield call(child, n)) as number
  return sum
}

export const spawning: Case = {
  name: 'redux-saga: fork, join', ops: OPS, gives: SUM, prepare: () => () => runSaga({}, forks).result(),
}

export const calling: Case = {
  name: 'redux-saga: call', ops: OPS, gives: SUM, prepare: () => () => runSaga({}, calls).result(),
}
