import { type Coroutine, Future, VirtualHost, createTask, run } from 'yieldfrom'
import { type Group, program } from '../harness/group.mts'

const EACH = 5_000
const ALL = 2 * EACH

let waits = 0
let ball: Future<number> | null = null

/** Make a future, set the one that the other waits for, and wait. */
function* play(): Coroutine<void> {
  for (let i = 0; i < EACH; i++) {
    const theirs = ball
    const mine = ball = new Future<number>()
    theirs?.setResult(i)
    yield* mine
    waits++
  }
  if (ball?.done() === false) ball.setResult(0)
}

function* match(): Coroutine<number> {
  waits = 0
  ball = null
  const other = createTask(play())
  yield* play()
  yield* other
  return waits
}

interface Deferred {
  readonly promise: Promise<number>
  readonly resolve: (value: number) => void
}

let token: Deferred | null = null

function deferred(): Deferred {
  let resolve!: (value: number) => void
  const promise = new Promise<number>(set => { resolve = set })
  return { promise, resolve }
}

async function playNative(): Promise<void> {
  for (let i = 0; i < EACH; i++) {
    const theirs = token
    const mine = token = deferred()
    theirs?.resolve(i)
    await mine.promise
    waits++
  }
  token?.resolve(0)
}

async function matchNative(): Promise<number> {
  waits = 0
  token = null
  const other = playNative()
  await playNative()
  await other
  return waits
}

export const groups: readonly Group[] = [{
  title: 'wait for a future that another task sets',
  anchor: 'native promise',
  entries: [
    { name: 'native promise', ops: ALL, gives: ALL, prepare: () => matchNative, kind: 'plain' },
    { name: 'Future', ops: ALL, gives: ALL, prepare: () => () => run(match(), { host: new VirtualHost() }) },
  ],
  programs: [program('asyncio: Future', 'asyncio', 'python/futures.py')],
  targets: [{ of: 'Future', per: 'native promise', atMost: 1.5 }],
  watched: ['Future'],
}]
