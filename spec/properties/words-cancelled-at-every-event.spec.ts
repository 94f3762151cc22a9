import {
  BREAK, BoundedSemaphore, ExceptionGroup, Queue, ReadWriteLock, ReentrantLock, TaskGroup, allSettled, asyncGenerator, broadcast, cancelAndWait,
  channel, createTask, emit, forEach, gather, mapConcurrently, mapStream, moveOnAfter, sleep,
  staggeredRace, use,
} from '../../lib/index.ts'
import { type Program, type Witness, holdsCancelledAtEveryEvent, together } from '../support/cancelled-at-every-event.ts'

const nothing = { shared: () => null, atTheEnd: null }

const programs: Record<string, (w: Witness) => Program> = {
  'a map with a limit, from a generator': w => {
    let [going, open] = [0, 0]
    function* items(): Generator<number> {
      open++
      try {
        yield* [3, 1, 2, 2]
      } finally {
        open--
      }
    }
    return {
      *main() {
        const results = yield* mapConcurrently(items(), function* (ms) {
          if (++going > 2) throw new Error('too many')
          yield* w.guard(`worker ${ms}`, () => w.nap('nap', ms), function* () { going-- })
          return ms
        }, { limit: 2 })
        w.say(results.join())
      },
      shared: () => [going, open],
      atTheEnd: [0, 0],
    }
  },

  'a stream with workers, that is left early': w => {
    let open = 0
    const source = asyncGenerator(function* () {
      open++
      try {
        for (let n = 0; ; n++) {
          yield* sleep(1)
          yield* emit(n)
        }
      } finally {
        open--
        yield* sleep(1)
      }
    })
    return {
      *main() {
        for (const ordered of [true, false]) {
          yield* forEach(mapStream(source(), function* (n) {
            yield* w.nap(`worker ${n}`, 3 - n % 3)
            return n
          }, { limit: 3, ordered }), function* (n) {
            yield* w.nap(`body ${n}`, 1)
            return n === 3 ? BREAK : undefined
          })
        }
      },
      shared: () => open,
      atTheEnd: 0,
    }
  },

  'a staggered race': w => ({
    *main() {
      const [value, index] = yield* staggeredRace([3, 5, 1].map(ms => function* () {
        yield* w.nap(`way ${ms}`, ms)
        if (ms === 3) throw new RangeError('fire')
        return ms
      }), 2)
      w.say(`${value} at ${index}`)
    },
    ...nothing,
  }),

  'all settled, with a limit': w => ({
    *main() {
      const settled = yield* allSettled([w.nap('a', 2), () => w.nap('b', 1), function* () { throw new RangeError('fire') }], { limit: 2 })
      w.say(settled.map(({ status }) => status).join())
    },
    ...nothing,
  }),

  'gathered, with a limit': w => ({
    *main() { yield* gather([() => w.nap('a', 2), () => w.nap('b', 1), () => w.nap('c', 1)], { limit: 2 }) },
    ...nothing,
  }),

  'a task that is cancelled, and waited for': w => ({
    *main() {
      const task = createTask(w.guard('child', () => w.nap('nap', 9), () => w.nap('cleanup', 2)))
      try {
        yield* w.nap('body', 2)
      } finally {
        yield* use(moveOnAfter(5, { shield: true }), () => cancelAndWait(task))
      }
    },
    ...nothing,
  }),

  'readers and writers': w => {
    const lock = new ReadWriteLock()
    const visit = (name: string, side: 'read' | 'write', ms: number) => () => use(lock[side], () => w.nap(name, ms))
    return {
      main: () => together(visit('a', 'read', 2), visit('b', 'write', 1), visit('c', 'read', 1), visit('d', 'read', 0), visit('e', 'write', 0)),
      shared: () => String(lock),
      atTheEnd: '<ReadWriteLock [unlocked, waiting:0]>',
    }
  },

  'a lock that is taken again': w => {
    const lock = new ReentrantLock()
    const visit = (name: string) => () => use(lock, () => w.guard(name, () => use(lock, () => w.nap(`${name} again`, 1))))
    return {
      main: () => together(visit('a'), visit('b'), visit('c')),
      shared: () => String(lock),
      atTheEnd: '<ReentrantLock [unlocked, waiting:0]>',
    }
  },

  'a semaphore of which some take more, and before others': w => {
    const semaphore = new BoundedSemaphore(3)
    const visit = (name: string, n: number, priority: number, ms: number) => () => use(semaphore.taking(n, { priority }), () => w.nap(name, ms))
    return {
      main: () => together(visit('a', 2, 0, 2), visit('b', 3, 0, 1), visit('c', 1, 0, 1), visit('d', 2, -1, 1), visit('e', 1, 1, 0)),
      shared: () => String(semaphore),
      atTheEnd: '<BoundedSemaphore [unlocked, value:3, waiting:0]>',
    }
  },

  'a broadcast, to which one listens slowly': w => {
    const news = broadcast<number>(1)
    const listens = (name: string, ms: number) => {
      const subscriber = news.subscribe()
      return () => use(subscriber, () => w.guard(name, function* () {
        yield* forEach(subscriber, function* (value) { yield* w.nap(`${name} ${value}`, ms) })
      }))
    }
    const [quick, slow] = [listens('quick', 0), listens('slow', 2)]
    return {
      main: () => together(quick, slow, () => use(news, function* () {
        for (const value of [1, 2, 3]) yield* news.send(value)
      })),
      shared: () => String(news).includes('waiting:0'),
      atTheEnd: true,
    }
  },

  'a channel that tells of what is lost': w => {
    const [tried, ended] = [new Set<number>(), new Set<number>()]
    const [sender, receiver] = channel<number>(1, { onUndelivered: value => ended.add(value) })
    const sends = (...values: number[]) => () => w.guard(`sender of ${values.join()}`, function* () {
      for (const value of values) {
        tried.add(value)
        yield* sender.send(value)
      }
    })
    return {
      *main() {
        try {
          yield* together(sends(1, 2, 3), sends(4, 5), () => use(receiver, function* () {
            for (let i = 0; i < 3; i++) {
              ended.add(yield* receiver.receive())
              yield* sleep(1)
            }
          }))
        } catch (error) {
          if (!(error instanceof ExceptionGroup)) throw error
        } finally {
          receiver.close()
        }
      },
      shared: () => [...tried].filter(value => !ended.has(value)),
      atTheEnd: [],
    }
  },

  'a group with a background task': w => ({
    main: () => use(new TaskGroup(), function* (group) {
      group.createTask(w.guard('heart', () => w.nap('beats', 99), () => w.nap('stops', 1)), { background: true })
      group.createTask(w.nap('worker', 2))
      yield* group.start(started => w.guard('server', function* () {
        yield* sleep(1)
        started(undefined)
        yield* sleep(99)
      }), { background: true })
      yield* w.nap('body', 1)
    }),
    ...nothing,
  }),

  'a queue that two go through until it is shut down': w => {
    const queue = new Queue<number>(1)
    const worker = (name: string) => () => w.guard(name, function* () {
      yield* forEach(queue, function* (item) {
        yield* w.nap(`${name} ${item}`, item)
        queue.taskDone()
      })
    })
    return {
      main: () => together(worker('a'), worker('b'), function* () {
        try {
          for (const item of [2, 0, 1]) yield* queue.put(item)
        } finally {
          queue.shutdown()
        }
      }),
      shared: () => String(queue).includes('getters'),
      atTheEnd: false,
    }
  },
}

describe('cancelled at every event', () => { holdsCancelledAtEveryEvent(programs) })
