import { inspect } from 'node:util'
import * as whole from '../../lib/index.ts'
import * as greenlets from '../../lib/greenlet/index.ts'
import * as promises from '../../lib/promise/index.ts'
import * as study from '../../lib/study/index.ts'
import * as testing from '../../lib/testing/index.ts'
import {
  Barrier, BlockingHost, BoundedSemaphore, CancelScope, CapacityLimiter, Clock, Condition, ContextVar, Event, EventLoop, ExitStack, LifoQueue, Lock, ManualHost, ParkingLot,
  PriorityQueue, Queue, ReadWriteLock, ReentrantLock, Runner, Semaphore, TaskGroup, VirtualHost, asyncGenerator, channel, copyContext,
  asCompleted, broadcast, coroutine, emit, greenlet, pyGenerator, setEventLoop, sleep, suspend, timeout, yieldFrom,
} from '../../lib/index.ts'
import { Moments, Recorder } from '../../lib/study/index.ts'
import { SeededEventLoop, Sequencer } from '../../lib/testing/index.ts'

const loop = new EventLoop({ host: new VirtualHost(), logger: () => undefined })
const name = new ContextVar<number>('name')
const things: Readonly<Record<string, () => unknown>> = {
  'asCompleted()': () => copyContext().run(() => { setEventLoop(loop); return asCompleted([loop.createFuture(), loop.createFuture()]) }),
  Barrier: () => new Barrier(2),
  BoundedSemaphore: () => new BoundedSemaphore(1),
  CancelScope: () => new CancelScope(),
  CapacityLimiter: () => new CapacityLimiter(1),
  'a broadcast': () => broadcast<number>(1),
  'a subscriber of a broadcast': () => broadcast<number>(1).subscribe(),
  Clock: () => new Clock({ parent: loop.clock, paused: true }),
  'the clock of a loop': () => loop.clock,
  'an owner': () => loop.owner('enemy 7'),
  Moments: () => new Moments([]),
  PyAsyncGenerator: () => asyncGenerator(function* named() { yield* emit(1) })(),
  Recorder: () => new Recorder(),
  SeededEventLoop: () => new SeededEventLoop({ seed: 1, host: new VirtualHost() }),
  Condition: () => new Condition(),
  Context: () => copyContext(),
  ContextVar: () => name,
  Event: () => new Event(),
  EventLoop: () => loop,
  ExitStack: () => new ExitStack(),
  Future: () => loop.createFuture(),
  Greenlet: () => greenlet(() => 1),
  Handle: () => loop.callSoon(() => 1),
  LifoQueue: () => new LifoQueue(),
  Lock: () => new Lock(),
  ManualHost: () => new ManualHost(),
  ParkingLot: () => new ParkingLot(),
  PriorityQueue: () => new PriorityQueue(),
  Queue: () => new Queue(),
  ReadWriteLock: () => new ReadWriteLock(),
  ReentrantLock: () => new ReentrantLock(),
  Runner: () => new Runner(),
  Semaphore: () => new Semaphore(),
  Sequencer: () => new Sequencer(),
  'a switch': () => suspend(() => undefined),
  'sleep(0)': () => sleep(0),
  Task: () => loop.createTask(function* () { yield }()),
  TaskGroup: () => new TaskGroup(),
  Timeout: () => timeout(5),
  TimerHandle: () => loop.callLater(5, () => 1),
  Token: () => copyContext().run(() => name.set(1)),
  VirtualHost: () => new VirtualHost(),
  'a generator with send()': () => pyGenerator(function* named() { yield 1 }),
  'an asynchronous generator': () => asyncGenerator(function* named() { yield* emit(1) })(),
  'one end of a channel': () => channel<number>(1)[0],
  'the other end of a channel': () => channel<number>(1)[1],
}

class StoppedHost extends BlockingHost {
  override now(): number { return 5 }
}

if ('performance' in globalThis) Object.assign(things, { BlockingHost: () => new StoppedHost() })

/** Is it a class whose objects are no errors? An error shows its stack. */
function isClass(value: unknown): value is abstract new () => object {
  return typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value)) && !(value.prototype instanceof Error)
}

it('each class of the doors has a line here', () => {
  const others = ['StreamReader', ...'performance' in globalThis ? [] : ['BlockingHost']]
  const classes = [whole, greenlets, promises, study, testing].flatMap(door => Object.entries(door).filter(([, value]) => isClass(value)))
  const missing = classes.filter(([each]) => !(each in things) && !others.includes(each)).map(([each]) => each)
  expect(classes.length).toBeGreaterThan(30)
  expect(missing).toEqual([])
})

describe('in console.log() and in templates it is one line, the same', () => {
  it.each(Object.keys(things))('%s', which => {
    let thing: unknown
    if (which === 'Timeout') loop.callSoon(() => { thing = things[which]?.() })
    else thing = things[which]?.()
    if (which === 'Timeout') loop.tick()
    const line = inspect(thing)
    expect(line).toBe(String(thing))
    expect(line).not.toMatch(/\n|\$/)
    expect(line).not.toBe('[object Object]')
  })
})

it('a recorder says whether it records, and how much', () => {
  const recorder = new Recorder()
  recorder.start()
  pyGenerator(function* named() { yield 1 }).next()
  const lines = [String(recorder)]
  recorder.stop()
  expect([...lines, String(recorder)]).toEqual([expect.stringMatching(/^<Recorder events=\d+ recording>$/), expect.stringMatching(/^<Recorder events=\d+>$/)])
})

it('what delegates is shown as what it is there, and in a template as what it does', () => {
  const shown: unknown[] = [coroutine(function* boil() { yield })(), yieldFrom(function* boil() { yield }())]
  expect(shown.map(thing => [inspect(thing), String(thing)])).toEqual([
    ['<coroutine object boil>', 'delegation to boil'], ['<frame boil>', 'delegation to boil'],
  ])
})
