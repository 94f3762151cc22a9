/** Timers, ticks, and what is called soon. */
import {
  type Coroutine, EventLoop, Future, ManualHost, type TimerHandle, VirtualHost, sleep,
} from 'yieldfrom'
import type { Primitive } from '../../harness/scale/primitive.mts'
import { SPAN, deadlines } from '../deadlines.mts'
import { inLoop, shuffled } from './in-loop.mts'
import { steadily } from './steadily.mts'

const FAR = 1e12
const TICKS = 10_000

let fired = 0

function fire(): void { fired++ }

const virtualLoop = (): EventLoop => new EventLoop({ host: new VirtualHost() })

function makeTimers(loop: EventLoop, count: number): TimerHandle[] {
  return deadlines(count).map(when => loop.callAt(when, fire))
}

function cancelled(arrange: (timers: TimerHandle[]) => TimerHandle[]): Primitive['work'] {
  return (count, watch) => {
    const timers = arrange(makeTimers(virtualLoop(), count))
    watch.start()
    for (const timer of timers) timer.cancel()
    watch.stop()
    return timers.filter(timer => timer.cancelled()).length
  }
}

function byTime(a: TimerHandle, b: TimerHandle): number { return a.when() - b.when() }

function* sleeper(ms: number): Coroutine<void> {
  yield* sleep(ms)
  fired++
}

function* walker(): Coroutine<never> { for (;;) yield }

/** A loop with so many tasks, which have begun. */
function crowd(count: number, body: (i: number) => Coroutine<void>): EventLoop {
  const loop = new EventLoop({ host: new ManualHost() })
  for (let i = 0; i < count; i++) loop.createTask(body(i))
  loop.tick()
  return loop
}

export const timers: readonly Primitive[] = [
  {
    name: 'timers: made',
    objects: 4,
    quick: false,
    heap: true,
    work: (count, watch) => {
      const loop = virtualLoop()
      const times = deadlines(count)
      const timers: TimerHandle[] = []
      watch.start()
      for (const when of times) timers.push(loop.callAt(when, fire))
      watch.stop()
      return timers.length
    },
  },
  {
    name: 'timers: fired',
    heap: true,
    work: (count, watch) => {
      fired = 0
      const loop = virtualLoop()
      makeTimers(loop, count)
      loop.callAt(SPAN, () => { loop.stop() })
      watch.start()
      loop.runForever()
      watch.stop()
      return fired
    },
  },
  { name: 'timers: cancelled, the first first', quick: false, objects: 4, heap: true, work: cancelled(timers => timers.sort(byTime)) },
  {
    name: 'timers: cancelled, the last first',
    quick: false,
    objects: 4,
    heap: true,
    work: cancelled(timers => timers.sort(byTime).reverse()),
  },
  { name: 'timers: cancelled, at random', objects: 4, heap: true, work: cancelled(shuffled) },
  {
    name: 'sleep: each wakes at its time',
    objects: 10,
    quick: false,
    heap: true,
    work: (count, watch) => {
      fired = 0
      const loop = virtualLoop()
      for (const when of deadlines(count)) loop.createTask(sleeper(when))
      loop.tick()
      loop.callAt(SPAN, () => { loop.stop() })
      watch.start()
      loop.runForever()
      watch.stop()
      loop.close()
      return fired
    },
  },
  {
    name: 'tick: nothing is due, and so many sleep',
    ops: TICKS,
    work: (count, watch) => {
      const loop = crowd(count, i => sleeper(FAR + i))
      let now = 0
      let ticks = 0
      for (const i of steadily(watch, TICKS)) if (loop.tick({ now: now++ }).blocked === count) ticks = i
      return ticks
    },
  },
  {
    name: 'tick: one callback, and so many tasks are ready',
    ops: TICKS,
    work: (count, watch) => {
      const loop = crowd(count, walker)
      let ticks = 0
      for (const i of steadily(watch, TICKS)) if (loop.tick({ maxCallbacks: 1 }).ran === 1) ticks = i
      return ticks
    },
  },
  {
    name: 'callSoon: callbacks',
    work: (count, watch) => {
      fired = 0
      const loop = virtualLoop()
      watch.start()
      for (let i = 0; i < count; i++) loop.callSoon(fire)
      loop.callSoon(() => { loop.stop() })
      loop.runForever()
      watch.stop()
      loop.close()
      return fired
    },
  },
]

type Callback = (future: Future) => void

const callbacks = (count: number): Callback[] => Array.from({ length: count }, (_, i) => () => { fired += i >= 0 ? 1 : 0 })

const removed = (arrange: (all: Callback[]) => Callback[]): Primitive['work'] =>
  inLoop(function* (count, watch) {
    const future = new Future()
    const all = callbacks(count)
    for (const callback of all) future.addDoneCallback(callback)
    let found = 0
    watch.start()
    for (const callback of arrange(all)) found += future.removeDoneCallback(callback)
    watch.stop()
    return found
  })

export const doneCallbacks: readonly Primitive[] = [
  {
    name: 'done callbacks of a future: added, and called',
    objects: 10,
    work: inLoop(function* (count, watch) {
      fired = 0
      const future = new Future<void>()
      const all = callbacks(count)
      watch.start()
      for (const callback of all) future.addDoneCallback(callback)
      future.setResult()
      yield* sleep(0)
      watch.stop()
      return fired
    }),
  },
  { name: 'done callbacks of a future: removed, the first first', quick: false, work: removed(all => all) },
  { name: 'done callbacks of a future: removed, the last first', quick: false, work: removed(all => all.reverse()) },
  { name: 'done callbacks of a future: removed, at random', work: removed(shuffled) },
]
