import { type Coroutine, VirtualHost, createTask, run } from 'yieldfrom'
import { type Group, library, program } from '../harness/group.mts'

const OPS = 10_000
const SUM = OPS * (OPS - 1) / 2

function* child(n: number): Coroutine<number> { return n }

function* spawning(): Coroutine<number> {
  let sum = 0
  for (let n = 0; n < OPS; n++) sum += yield* createTask(child(n))
  return sum
}

async function nativeChild(n: number): Promise<number> { return n }

async function calling(): Promise<number> {
  let sum = 0
  for (let n = 0; n < OPS; n++) sum += await nativeChild(n)
  return sum
}

export const groups: readonly Group[] = [{
  title: 'make a task and join it',
  anchor: 'native: await an async call',
  entries: [
    { name: 'native: await an async call', ops: OPS, gives: SUM, prepare: () => calling, kind: 'plain' },
    {
      name: 'createTask, yield* task', ops: OPS, gives: SUM,
      prepare: () => () => run(spawning(), { host: new VirtualHost() }),
    },
  ],
  libraries: [
    library('effect', 'spawning'), library('effection', 'spawning'), library('redux-saga', 'spawning'),
    library('co', 'spawning'),
  ],
  programs: [program('asyncio: create_task, await', 'asyncio', 'python/spawning.py')],
  targets: [
    { of: 'createTask, yield* task', per: 'native: await an async call', atMost: 4 },
    { of: 'createTask, yield* task', per: 'effect: forkChild, join', atMost: 0.2 },
  ],
  watched: ['createTask, yield* task'],
}]
