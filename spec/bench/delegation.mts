import { coroutine, pyGenerator, yieldFrom } from 'yieldfrom/greenlet'
import type { Case, Group } from './harness.mts'

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
  generator.next()
  return () => {
    let last: unknown
    for (let n = 0; n < OPS; n++) last = generator.next()
    return last
  }
}

const depths = [1, 10, 100, 1000, 100_000]

const resuming: Group = {
  title: 'resume at the bottom of a delegation',
  anchor: 'yieldFrom at depth 1',
  cases: [
    { name: 'raw generator.next()', ops: OPS, run: resumes(native(0)) },
    ...depths.map((depth): Case => ({ name: `yieldFrom at depth ${String(depth)}`, ops: OPS, run: resumes(pyGenerator(owned, depth)) })),
    ...depths.filter(depth => depth <= 1000) // it overflows at a few thousand
      .map((depth): Case => ({ name: `native yield* at depth ${String(depth)}`, ops: OPS, run: resumes(native(depth)) })),
  ],
  targets: [{ of: 'yieldFrom at depth 100000', per: 'yieldFrom at depth 1', atMost: 1.5 }],
}

function* leaf(n: number): Generator<undefined, number> { return n }
const leafCoroutine = coroutine(leaf)

const calling: Group = {
  title: 'delegate to a generator that returns at once',
  anchor: 'native yield*',
  cases: [
    { name: 'native yield*', ops: OPS, run: resumes((function* () { for (;;) { for (let n = 0; n < OPS; n++) yield* leaf(n); yield } })()) },
    ...([['yieldFrom', (n: number) => yieldFrom(leaf(n))], ['coroutine()', leafCoroutine]] as const).map(([name, call]): Case => {
      const generator = pyGenerator(function* () { for (;;) { for (let n = 0; n < OPS; n++) yield* call(n); yield } })
      return { name, ops: OPS, run: () => generator.next() }
    }),
  ],
}
// One step of the anchor does all its calls.
const anchor = calling.cases[0] as Case
export const groups: Group[] = [resuming, { ...calling, cases: [{ ...anchor, ops: OPS * OPS }, ...calling.cases.slice(1)] }]
