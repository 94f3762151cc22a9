import { type Coroutine, VirtualHost, createTask, run, sleep, watch } from 'yieldfrom'
import { type Group, library, program } from '../harness/group.mts'

const TASKS = 1_000
/** So many that the tasks grow old, and what is measured are turns, and not how tasks are made. */
const TURNS = 2_500
const ALL = TASKS * TURNS

let turns = 0

function* sleeping(): Coroutine<void> {
  for (let i = 0; i < TURNS; i++) {
    yield* sleep(0)
    turns++
  }
}

function* yielding(): Coroutine<void> {
  for (let i = 0; i < TURNS; i++) {
    yield
    turns++
  }
}

async function awaiting(): Promise<void> {
  for (let i = 0; i < TURNS; i++) {
    await null
    turns++
  }
}

function* crowd(work: () => Coroutine<void>): Coroutine<void> {
  const tasks = Array.from({ length: TASKS }, () => createTask(work()))
  for (const task of tasks) yield* task
}

function inTasks(work: () => Coroutine<void>): number {
  turns = 0
  run(crowd(work), { host: new VirtualHost() })
  return turns
}

/** The price of being watched, by somebody who does nothing with it. */
function watched(work: () => Coroutine<void>): number {
  const end = watch(() => { /* nothing */ })
  try {
    return inTasks(work)
  } finally {
    end()
  }
}

async function inAsyncFunctions(): Promise<number> {
  turns = 0
  await Promise.all(Array.from({ length: TASKS }, awaiting))
  return turns
}

export const groups: readonly Group[] = [{
  title: 'one turn of a task, 1,000 tasks in turn',
  anchor: 'native: await null',
  entries: [
    { name: 'native: await null', ops: ALL, gives: ALL, prepare: () => inAsyncFunctions, kind: 'plain' },
    { name: 'yield* sleep(0)', ops: ALL, gives: ALL, prepare: () => () => inTasks(sleeping) },
    { name: 'yield', ops: ALL, gives: ALL, prepare: () => () => inTasks(yielding) },
    { name: 'yield* sleep(0), with an empty watcher', ops: ALL, gives: ALL, prepare: () => () => watched(sleeping) },
  ],
  libraries: [library('effect', 'turns')],
  programs: [
    program('asyncio: sleep(0)', 'asyncio', 'python/turns.py', 'asyncio'),
    program('uvloop: sleep(0)', 'uvloop', 'python/turns.py', 'uvloop'),
    program('trio: sleep(0)', 'trio', 'python/turns.py', 'trio'),
    program('gevent: sleep(0)', 'gevent', 'python/turns.py', 'gevent'),
  ],
  targets: [
    { of: 'yield* sleep(0)', per: 'native: await null', atMost: 0.8 },
    { of: 'yield', per: 'native: await null', atMost: 0.6 },
    { of: 'yield* sleep(0), with an empty watcher', per: 'yield* sleep(0)', atMost: 1.5 },
    { of: 'yield* sleep(0)', per: 'uvloop: sleep(0)', atMost: 0.1 },
  ],
  watched: ['yield* sleep(0)', 'yield'],
}]
