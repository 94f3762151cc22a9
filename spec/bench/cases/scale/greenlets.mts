/** Greenlets side by side, one above the other, and waiting in a `suspend()`. */
import { type Coroutine, type Greenlet, createTask, getCurrent, greenlet, sleep, suspend } from 'yieldfrom'
import { type Primitive, SOME } from '../../harness/scale/primitive.mts'
import { inLoop, parked } from './in-loop.mts'

let gone = 0
let resumes: (() => void)[] = []

const main = getCurrent()

function* idle(): Coroutine<void> {
  yield* main.switch()
  gone++
}

function* inRing(ring: readonly Greenlet[], i: number): Coroutine<void> {
  yield* main.switch()
  gone++
  yield* (ring[i + 1] ?? main).switch()
}

let innermost = main

/** Each is the parent of the next, and waits for its result. */
function* above(others: number): Coroutine<number> {
  innermost = getCurrent()
  const result = others > 0 ? yield* greenlet(above).switch<number>(others - 1) : yield* main.switch<number>()
  gone++
  return result
}

function* suspending(): Coroutine<void> {
  yield* suspend(resume => { resumes.push(resume) })
  gone++
}

function* passing(): Coroutine<void> { for (;;) yield }

function many(count: number, run: (i: number) => Coroutine<unknown>): Greenlet[] {
  gone = 0
  return Array.from({ length: count }, (_, i) => {
    const one = greenlet(() => run(i))
    one.resume()
    return one
  })
}

export const greenlets: readonly Primitive[] = [
  {
    name: 'greenlets: each of those that wait is switched to',
    work: (count, watch) => {
      const ring: Greenlet[] = []
      ring.push(...many(1, i => inRing(ring, i)))
      for (const one of many(count - 1, i => inRing(ring, i + 1))) ring.push(one)
      watch.start()
      ring[0]?.resume()
      watch.stop()
      return gone
    },
  },
  {
    name: 'greenlets: each of those that wait is killed',
    most: SOME,
    quick: false,
    work: (count, watch) => {
      const all = many(count, idle)
      watch.start()
      for (const one of all) one.kill()
      watch.stop()
      return all.filter(one => one.dead).length
    },
  },
  {
    name: 'greenlets: a result goes up from parent to parent',
    work: (count, watch) => {
      gone = 0
      greenlet(above).resume(count - 1)
      watch.start()
      const result = innermost.resume(0)
      watch.stop()
      return result === 0 ? gone : NaN
    },
  },
  {
    name: 'greenlets: a result goes up past dead parents',
    quick: false,
    work: (count, watch) => {
      const chain = [main]
      for (let i = 0; i < count; i++) chain.push(greenlet(idle, chain[i]))
      for (const one of chain) if (one !== main) one.kill()
      const last = greenlet((): number => 5, chain[count])
      watch.start()
      const result = last.resume()
      watch.stop()
      return result === 5 ? count : NaN
    },
  },
  {
    name: 'suspend: tasks are resumed by plain code',
    work: inLoop(function* (count, watch) {
      gone = 0
      resumes = []
      yield* parked(count, suspending)
      watch.start()
      for (const resume of resumes) resume()
      yield* sleep(0)
      watch.stop()
      return gone
    }),
  },
  {
    name: 'suspend: greenlets without a loop are resumed by plain code',
    quick: false,
    work: (count, watch) => {
      resumes = []
      many(count, suspending)
      watch.start()
      for (const resume of resumes) resume()
      watch.stop()
      return gone
    },
  },
  {
    name: 'turns: tasks that are ready are thrown into',
    most: SOME,
    work: inLoop(function* (count, watch) {
      const tasks = Array.from({ length: count }, () => createTask(passing()))
      yield
      watch.start()
      for (const task of tasks) task.getGreenlet().kill()
      watch.stop()
      return tasks.filter(task => task.done() && task.exception() !== null).length
    }),
  },
]
