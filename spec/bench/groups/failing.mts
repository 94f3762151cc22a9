import { type Coroutine, VirtualHost, run } from 'yieldfrom'
import { type Case, type Group, type Stretch, type Target, program } from '../harness/group.mts'
import type { Stopwatch } from '../harness/stopwatch.mts'
import { DEPTH, type Order, abortFunctions, cancelTasks, places } from '../cases/failing/cancelling.mts'
import { WAITING, killGreenlets, throwIntoGenerators } from '../cases/failing/killing.mts'
import { LIMITED, abortions, moves, timeouts } from '../cases/failing/limits.mts'
import { SLEEPERS, abortAll, cancelGroup, cancelScope, failInGroup } from '../cases/failing/scopes.mts'
import {
  TASKS, awaitAll, awaitEach, gatherAll, gatherFirst, join, settleAll,
} from '../cases/failing/throwing.mts'

const PYTHON = 'python/failing.py'
const TRIO = 'python/failing_trio.py'

const NATIVE = 'native: AbortController'
const NATIVE_BELOW = `native: AbortController, below ${String(DEPTH)} awaits`
const ASYNCIO_BELOW = `asyncio: below ${String(DEPTH)} awaits`

/** Where a task is parked, what that is compared with, and its name in the program for asyncio. */
const compared = [
  ['in sleep()', NATIVE, 'asyncio: in sleep()', 'sleep'],
  ['in a Lock', NATIVE, 'asyncio: in a Lock', 'lock'],
  ['in Queue.get()', NATIVE, 'asyncio: in Queue.get()', 'queue'],
  ['in a Future', NATIVE, 'asyncio: in a Future', 'future'],
  [`below ${String(DEPTH)} yieldFrom()`, NATIVE_BELOW, ASYNCIO_BELOW, 'awaits'],
  [`below ${String(DEPTH)} coroutine()`, NATIVE_BELOW, ASYNCIO_BELOW, 'awaits'],
] as const

/** More take so long that one round, without a warm-up, must do: they are a warm-up themselves. */
const MANY = 10_000

/** asyncio's locks and queues look for the last of their waiters from the first on: of many, no more than these are cancelled. */
const FEW = 500

const cancelledByAsyncio = (place: string, count: number, order: Order): number =>
  count > MANY && order === 'last' && (place === 'lock' || place === 'queue') ? FEW : count

function cancelling(count: number, order: Order): Group {
  const many = count > MANY ? { once: true } as const : {}
  const native = (name: string, depth: number): Stretch =>
    ({ name, ops: count, gives: count, kind: 'plain', run: watch => abortFunctions(depth, count, order, watch), ...many })
  const programs = compared.map(([, , name, place]) =>
    program(name, 'asyncio', PYTHON, 'cancel', place, count, order, cancelledByAsyncio(place, count, order)))
  return {
    title: `cancel one of ${count.toLocaleString('en-US')} tasks and join it, the ${order} one first`,
    anchor: NATIVE,
    entries: [
      native(NATIVE, 0),
      native(NATIVE_BELOW, DEPTH),
      ...Object.entries(places).map(([name, place]): Stretch =>
        ({ name, ops: count, gives: count, run: watch => cancelTasks(place, count, order, watch), ...many })),
    ],
    programs: [...new Map(programs.map(program => [program.name, program])).values()],
    targets: compared.flatMap(([of, native, asyncio]): Target[] =>
      [{ of, per: native, atMost: 0.3 }, { of, per: asyncio, atMost: 0.4 }]),
    rounds: count > MANY ? 1 : 3,
  }
}

const plain = (name: string, ops: number, work: () => Promise<number>): Case =>
  ({ name, ops, gives: ops, kind: 'plain', prepare: () => work })

const virtual = (name: string, ops: number, main: () => Coroutine<number>): Case =>
  ({ name, ops, gives: ops, prepare: () => () => run(main(), { host: new VirtualHost() }) })

const stretch = (name: string, ops: number, main: (watch: Stopwatch) => Coroutine<number>): Stretch =>
  ({ name, ops, gives: ops, run: watch => run(main(watch), { host: new VirtualHost() }) })

export const groups: readonly Group[] = [
  cancelling(1_000, 'first'), cancelling(1_000, 'last'), cancelling(100_000, 'first'), cancelling(100_000, 'last'),
  {
    title: 'a task that throws is joined, or gathered with others',
    anchor: 'native: await, in try and catch',
    entries: [
      plain('native: await, in try and catch', TASKS, awaitEach),
      plain('native: allSettled', TASKS, settleAll),
      plain('native: all, in try and catch', TASKS, awaitAll),
      virtual('yield* task, in try and catch', TASKS, join),
      virtual('gather, returnExceptions', TASKS, gatherAll),
      virtual('gather, in try and catch', TASKS, gatherFirst),
    ],
    programs: [
      program('asyncio: await task, in try and except', 'asyncio', PYTHON, 'join'),
      program('asyncio: gather, return_exceptions', 'asyncio', PYTHON, 'all'),
      program('asyncio: gather, in try and except', 'asyncio', PYTHON, 'first'),
    ],
    targets: [
      { of: 'yield* task, in try and catch', per: 'native: await, in try and catch', atMost: 1.5 },
      { of: 'gather, returnExceptions', per: 'native: allSettled', atMost: 1.5 },
      { of: 'gather, in try and catch', per: 'native: all, in try and catch', atMost: 1.5 },
    ],
    rounds: 3,
  },
  {
    title: 'cancel 1,000 tasks that sleep, all together',
    anchor: 'native: an AbortController for all',
    entries: [
      { name: 'native: an AbortController for all', ops: SLEEPERS, gives: SLEEPERS, kind: 'plain', run: abortAll },
      stretch('CancelScope: cancel()', SLEEPERS, cancelScope),
      stretch('TaskGroup: cancel()', SLEEPERS, cancelGroup),
      stretch('TaskGroup: its body throws', SLEEPERS, failInGroup),
    ],
    programs: [
      program('asyncio: TaskGroup, its body throws', 'asyncio', PYTHON, 'group'),
      program('trio: CancelScope around a nursery', 'trio', TRIO, 'scope'),
    ],
    targets: [
      { of: 'CancelScope: cancel()', per: 'trio: CancelScope around a nursery', atMost: 0.4 },
      { of: 'TaskGroup: cancel()', per: 'asyncio: TaskGroup, its body throws', atMost: 0.4 },
      { of: 'TaskGroup: its body throws', per: 'asyncio: TaskGroup, its body throws', atMost: 0.4 },
    ],
    rounds: 3,
  },
  {
    title: 'a task whose time limit ends it',
    anchor: 'native: AbortController and setTimeout',
    entries: [
      plain('native: AbortController and setTimeout', LIMITED, abortions),
      virtual('timeout', LIMITED, timeouts),
      virtual('moveOnAfter', LIMITED, moves),
    ],
    programs: [
      program('asyncio: timeout', 'asyncio', PYTHON, 'timeout'),
      program('trio: move_on_after', 'trio', TRIO, 'timeout'),
    ],
    targets: [
      { of: 'timeout', per: 'asyncio: timeout', atMost: 0.4 },
      { of: 'moveOnAfter', per: 'trio: move_on_after', atMost: 0.4 },
    ],
    rounds: 3,
  },
  {
    title: 'kill one of 1,000 greenlets that wait',
    anchor: 'raw generator.throw()',
    entries: [
      { name: 'raw generator.throw()', ops: WAITING, gives: WAITING, kind: 'plain', run: throwIntoGenerators },
      { name: 'g.kill()', ops: WAITING, gives: WAITING, run: killGreenlets },
    ],
    programs: [program('C greenlet: throw(GreenletExit)', 'greenlet', 'python/failing_greenlet.py', WAITING)],
    targets: [{ of: 'g.kill()', per: 'C greenlet: throw(GreenletExit)', atMost: 0.4 }],
    rounds: 3,
  },
]
