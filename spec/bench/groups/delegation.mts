import { coroutine, pyGenerator, yieldFrom } from 'yieldfrom/greenlet'
import { type Case, type Group, library } from '../harness/group.mts'

const OPS = 1_000

function* native(depth: number): Generator<number, void> {
  if (depth > 0) yield* native(depth - 1)
  else for (let n = 0; ; n++) yield n
}

function* owned(depth: number): Generator<unknown, void> {
  if (depth > 0) yield* yieldFrom(owned(depth - 1))
  else for (let n = 0; ; n++) yield n
}

function resumes(generator: Iterator<unknown>): () => unknown {
  let last = generator.next().value as number
  return () => {
    const before = last
    for (let n = 0; n < OPS; n++) last = generator.next().value as number
    return last - before
  }
}

async function awaited(depth: number): Promise<number> {
  if (depth > 0) return await awaited(depth - 1)
  for (let n = 0; n < OPS; n++) await null
  return OPS
}

const depths = [1, 10, 100, 1000, 100_000]
const DEEPEST_NATIVE = 1000 // it overflows at a few thousand

const resuming: Group = {
  title: 'resume at the bottom of a delegation',
  anchor: 'yieldFrom at depth 1',
  entries: [
    { name: 'raw generator.next()', ops: OPS, gives: OPS, prepare: () => resumes(native(0)), kind: 'plain' },
    ...depths.map((depth): Case => ({
      name: `yieldFrom at depth ${String(depth)}`, ops: OPS, gives: OPS,
      prepare: () => resumes(pyGenerator(owned, depth)),
    })),
    ...depths.filter(depth => depth <= DEEPEST_NATIVE).map((depth): Case => ({
      name: `native yield* at depth ${String(depth)}`, ops: OPS, gives: OPS, kind: 'plain',
      prepare: () => resumes(native(depth)),
    })),
    {
      name: 'native: await null below 10 awaits', ops: OPS, gives: OPS, kind: 'plain',
      prepare: () => () => awaited(10),
    },
  ],
  targets: [{ of: 'yieldFrom at depth 100000', per: 'yieldFrom at depth 1', atMost: 1.5 }],
  watched: ['yieldFrom at depth 100000'],
}

const SUM = OPS * (OPS - 1) / 2

function* leaf(n: number): Generator<never, number> { return n }
const leafCoroutine = coroutine(leaf)

function* nativeCalls(): Generator<number, never> {
  for (;;) {
    let sum = 0
    for (let n = 0; n < OPS; n++) sum += yield* leaf(n)
    yield sum
  }
}

function* delegations(): Generator<unknown, never> {
  for (;;) {
    let sum = 0
    for (let n = 0; n < OPS; n++) sum += yield* yieldFrom(leaf(n))
    yield sum
  }
}

function* coroutineCalls(): Generator<unknown, never> {
  for (;;) {
    let sum = 0
    for (let n = 0; n < OPS; n++) sum += yield* leafCoroutine(n)
    yield sum
  }
}

async function asyncLeaf(n: number): Promise<number> { return n }

async function asyncCalls(): Promise<number> {
  let sum = 0
  for (let n = 0; n < OPS; n++) sum += await asyncLeaf(n)
  return sum
}

function values(generator: Iterator<unknown>): () => unknown { return () => generator.next().value }

const calling: Group = {
  title: 'delegate to a generator that returns at once',
  anchor: 'native yield*',
  entries: [
    { name: 'native yield*', ops: OPS, gives: SUM, prepare: () => values(nativeCalls()), kind: 'plain' },
    { name: 'native: await an async call', ops: OPS, gives: SUM, prepare: () => asyncCalls, kind: 'plain' },
    { name: 'yieldFrom', ops: OPS, gives: SUM, prepare: () => values(pyGenerator(delegations)) },
    { name: 'coroutine()', ops: OPS, gives: SUM, prepare: () => values(pyGenerator(coroutineCalls)) },
  ],
  libraries: [library('effect', 'calling'), library('co', 'spawning'), library('redux-saga', 'calling')],
  targets: [
    { of: 'yieldFrom', per: 'native yield*', atMost: 2 },
    { of: 'coroutine()', per: 'native yield*', atMost: 2 },
  ],
  watched: ['yieldFrom', 'coroutine()'],
}

export const groups: readonly Group[] = [resuming, calling]
