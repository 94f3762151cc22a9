import { inspect } from 'node:util'
import {
  Barrier, BoundedSemaphore, CancelScope, CapacityLimiter, Condition, ContextVar, Event, EventLoop, ExitStack, LifoQueue, Lock, ManualHost, ParkingLot,
  PriorityQueue, Queue, ReadWriteLock, ReentrantLock, Runner, Semaphore, TaskGroup, VirtualHost, asyncGenerator, channel, copyContext,
  asCompleted, coroutine, emit, greenlet, pyGenerator, setEventLoop, sleep, suspend, timeout, yieldFrom,
} from '../../lib/index.ts'
import { Sequencer } from '../../lib/testing/index.ts'

const loop = new EventLoop({ host: new VirtualHost(), logger: () => undefined })
const name = new ContextVar<number>('name')
const things: Readonly<Record<string, () => unknown>> = {
  'asCompleted()': () => copyContext().run(() => { setEventLoop(loop); return asCompleted([loop.createFuture(), loop.createFuture()]) }),
  Barrier: () => new Barrier(2),
  BoundedSemaphore: () => new BoundedSemaphore(1),
  CancelScope: () => new CancelScope(),
  CapacityLimiter: () => new CapacityLimiter(1),
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

describe('in console.log() and in templates it is one line, the same', () => {
  it.each(Object.keys(things))('%s', which => {
    let thing: unknown
    if (which === 'Timeout') loop.callSoon(() => { thing = things[which]?.() })
    else thing = things[which]?.()
    if (which === 'Timeout') loop.tick()
    const line = inspect(thing)
    expect(line).toBe(String(thing))
    expect(line).not.toContain('\n')
    expect(line).not.toBe('[object Object]')
  })
})

it('what delegates is shown as what it is there, and in a template as what it does', () => {
  const shown: unknown[] = [coroutine(function* boil() { yield })(), yieldFrom(function* boil() { yield }())]
  expect(shown.map(thing => [inspect(thing), String(thing)])).toEqual([
    ['<coroutine object boil>', 'delegation to boil'], ['<frame boil>', 'delegation to boil'],
  ])
})
