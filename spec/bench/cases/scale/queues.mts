/** Items in queues and channels, and those that wait at either end. */
import {
  ClosedResourceError, type Coroutine, LifoQueue, PriorityQueue, Queue, channel, sleep,
} from 'yieldfrom'
import { type Primitive, SOME } from '../../harness/scale/primitive.mts'
import { next } from '../minstd.mts'
import { inLoop, parked } from './in-loop.mts'

let gone = 0

function* then(wait: Coroutine<unknown>): Coroutine<void> {
  yield* wait
  gone++
}

/** The wait is to end because the end of the channel is closed. */
function* hangUp(wait: Coroutine<unknown>): Coroutine<void> {
  try {
    yield* wait
  } catch (error) {
    if (error instanceof ClosedResourceError) gone++
  }
}

const items = (make: () => Queue<number>): Primitive['work'] =>
  inLoop(function* (count, watch) {
    const queue = make()
    let seed = 1
    let got = 0
    watch.start()
    for (let i = 0; i < count; i++) queue.putNowait(seed = next(seed))
    for (let i = 0; i < count; i++) if (queue.getNowait() > 0) got++
    watch.stop()
    return got
  })

export const queues: readonly Primitive[] = [
  { name: 'Queue: items put in and taken out', work: items(() => new Queue()) },
  { name: 'PriorityQueue: items put in and taken out', work: items(() => new PriorityQueue()), heap: true, objects: 4 },
  { name: 'LifoQueue: items put in and taken out', quick: false, work: items(() => new LifoQueue()) },
  {
    name: 'Queue: each item goes to a getter that waits',
    work: inLoop(function* (count, watch) {
      gone = 0
      const queue = new Queue<number>()
      yield* parked(count, () => then(queue.get()))
      watch.start()
      for (let i = 0; i < count; i++) queue.putNowait(i)
      yield* sleep(0)
      watch.stop()
      return gone
    }),
  },
  {
    name: 'Queue: each item comes from a putter that waits',
    most: SOME,
    quick: false,
    work: inLoop(function* (count, watch) {
      gone = 0
      const queue = new Queue<number>(1)
      queue.putNowait(0)
      yield* parked(count, i => then(queue.put(i)))
      watch.start()
      for (let i = 0; i <= count; i++) yield* queue.get()
      watch.stop()
      return gone
    }),
  },
  {
    name: 'channel: values sent and received',
    quick: false,
    work: inLoop(function* (count, watch) {
      const [sender, receiver] = channel<number>(Infinity)
      let got = 0
      watch.start()
      for (let i = 0; i < count; i++) sender.sendNowait(i)
      for (let i = 0; i < count; i++) if (receiver.receiveNowait() === i) got++
      watch.stop()
      return got
    }),
  },
  {
    name: 'channel: each value comes from a sender that waits',
    most: SOME,
    quick: false,
    work: inLoop(function* (count, watch) {
      const [sender, receiver] = channel<number>(0)
      yield* parked(count, i => sender.send(i))
      let got = 0
      watch.start()
      for (let i = 0; i < count; i++) if (receiver.receiveNowait() === i) got++
      watch.stop()
      return got
    }),
  },
  {
    name: 'channel: clones of a sender, each with a waiter, are closed',
    work: inLoop(function* (count, watch) {
      gone = 0
      const [sender] = channel<number>(0)
      const clones = Array.from({ length: count }, () => sender.clone())
      yield* parked(count, i => hangUp((clones[i] as typeof sender).send(i)))
      watch.start()
      for (const clone of clones) clone.close()
      yield* sleep(0)
      watch.stop()
      return gone
    }),
  },
  {
    name: 'channel: clones of a receiver, each with a waiter, are closed',
    most: SOME,
    quick: false,
    work: inLoop(function* (count, watch) {
      gone = 0
      const [, receiver] = channel<number>(0)
      const clones = Array.from({ length: count }, () => receiver.clone())
      yield* parked(count, i => hangUp((clones[i] as typeof receiver).receive()))
      watch.start()
      for (const clone of clones) clone.close()
      yield* sleep(0)
      watch.stop()
      return gone
    }),
  },
]
