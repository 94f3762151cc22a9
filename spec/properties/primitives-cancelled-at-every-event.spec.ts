import {
  BREAK, Barrier, BoundedSemaphore, CancelScope, CapacityLimiter, Condition, Event,   ExitStack, Lock, ParkingLot,
  PriorityQueue, Queue, TaskGroup, aclosing, asyncGenerator, channel, createTask,
  emit, failAfter, forEach,
  greenlet, moveOnAfter, sleep, timeout, use,
} from '../../lib/index.ts'
import { type Program, type Witness, holdsCancelledAtEveryEvent, together } from '../support/cancelled-at-every-event.ts'

const programs: Record<string, (w: Witness) => Program> = {
  'a parking lot, and another to which one is moved': w => {
    const [here, there] = [new ParkingLot(), new ParkingLot()]
    const guest = (name: string) => () => w.guard(name, () => here.park())
    return {
      main: () => together(guest('a'), guest('b'), guest('c'), function* () {
        yield* sleep(1)
        here.repark(there)
        here.unpark()
        yield* sleep(1)
        there.unparkAll()
        here.unparkAll()
      }),
      shared: () => [String(here), String(there)],
      atTheEnd: ['<ParkingLot [waiting:0]>', '<ParkingLot [waiting:0]>'],
    }
  },

  'a lock': w => {
    const lock = new Lock()
    const visit = (name: string, ms: number) => () => use(lock, () => w.nap(name, ms))
    return {
      main: () => together(visit('a', 2), visit('b', 0), visit('c', 1), () => use(moveOnAfter(2), visit('d', 1))),
      shared: () => String(lock),
      atTheEnd: '<Lock [unlocked, waiting:0]>',
    }
  },

  'a semaphore': w => {
    const semaphore = new BoundedSemaphore(2)
    const visit = (name: string, ms: number) => () => use(semaphore, () => w.nap(name, ms))
    return {
      main: () => together(visit('a', 2), visit('b', 0), visit('c', 1), visit('d', 1), visit('e', 0)),
      shared: () => String(semaphore),
      atTheEnd: '<BoundedSemaphore [unlocked, value:2, waiting:0]>',
    }
  },

  'a limiter, whose tokens become more': w => {
    const limiter = new CapacityLimiter(1)
    const visit = (name: string, ms: number) => () => use(limiter, () => w.nap(name, ms))
    return {
      main: () => together(visit('a', 3), visit('b', 1), visit('c', 1), function* () {
        yield* sleep(1)
        limiter.totalTokens = 2
      }),
      shared: () => limiter.borrowedTokens + limiter.waiting,
      atTheEnd: 0,
    }
  },

  'an event': w => {
    const event = new Event()
    const waits = (name: string) => () => w.guard(name, () => event.wait())
    return {
      main: () => together(waits('a'), waits('b'), function* () {
        yield* sleep(1)
        event.set()
        event.clear()
        yield
        event.set()
      }, waits('c')),
      shared: () => String(event).includes('waiting:0'),
      atTheEnd: true,
    }
  },

  'a condition': w => {
    const condition = new Condition()
    const items: string[] = []
    const consumer = (name: string) => () => use(condition, () => w.guard(name, function* () {
      yield* condition.waitFor(() => items.length > 0)
      w.say(`${name} gets ${items.shift() ?? 'nothing'}`)
    }))
    const producer = (item: string) => function* () {
      yield* sleep(1)
      yield* use(condition, function* () {
        items.push(item)
        condition.notify()
        yield* sleep(1)
      })
    }
    return {
      main: () => together(consumer('a'), consumer('b'), producer('tea'), producer('milk'), consumer('c'),
        producer('cake')),
      shared: () => String(condition),
      atTheEnd: '<Condition [unlocked, waiting:0]>',
    }
  },

  'a barrier, twice': w => {
    const barrier = new Barrier(3)
    const runner = (name: string, ms: number) => () => w.guard(name, function* () {
      for (let round = 0; round < 2; round++) {
        yield* sleep(ms)
        w.say(`${name} is number ${yield* barrier.wait()}`)
      }
    })
    return {
      main: () => together(runner('a', 0), runner('b', 1), runner('c', 2)),
      shared: () => String(barrier),
      atTheEnd: '<Barrier [filling, waiting:0/3]>',
    }
  },

  'a queue with workers, that is joined': w => {
    const queue = new Queue<number>(2)
    let done = 0
    const worker = (name: string) => w.guard(name, function* () {
      for (;;) {
        const item = yield* queue.get()
        try {
          yield* sleep(item)
        } finally {
          queue.taskDone()
          done++
        }
      }
    })
    return {
      *main() {
        const workers = ['a', 'b'].map(name => createTask(worker(name)))
        try {
          for (let i = 0; i < 4; i++) yield* queue.put(i)
          yield* queue.join()
        } finally {
          for (const task of workers) task.cancel()
          queue.shutdown(true)
        }
      },
      shared: () => [String(queue).replace(/( tasks=\d)?( shutdown)?/g, ''), done <= 4],
      atTheEnd: ['<Queue maxsize=2 size=0>', true],
    }
  },

  'a priority queue that is shut down': w => {
    const queue = new PriorityQueue<[number, string]>(1)
    const putter = (item: [number, string]) => () => w.guard(`putter of ${item[1]}`, () => queue.put(item))
    return {
      main: () => together(putter([2, 'tea']), putter([1, 'milk']), putter([3, 'cake']),
        () => w.guard('getter', function* () {
        for (let i = 0; i < 3; i++) w.say((yield* queue.get())[1])
        queue.shutdown()
      })),
      shared: () => String(queue).includes('getters') || String(queue).includes('putters'),
      atTheEnd: false,
    }
  },

  'a channel with two senders, through which a loop goes': w => {
    const [sender, receiver] = channel<string>(1)
    const other = sender.clone()
    const sends = (end: typeof sender, ...values: string[]) => () => use(end,
      () => w.guard(`sender of ${values.join()}`, function* () {
      for (const value of values) yield* end.send(value)
    }))
    const ended: unknown[] = []
    return {
      *main() {
        try {
          yield* use(receiver, function* () {
            yield* together(sends(sender, 'tea', 'milk'), sends(other, 'cake', 'pie'), function* () {
              yield* forEach(receiver, function* (value) {
                w.say(value)
                yield* sleep(1)
              })
            })
          })
        } finally {
          receiver.close() // if it was never entered
          for (const end of [sender, other]) {
            try {
              end.sendNowait('too late')
            } catch (error) {
              ended.push((error as Error).name)
            }
          }
        }
      },
      shared: () => ended.every(name => name === 'ClosedResourceError' || name === 'BrokenResourceError'),
      atTheEnd: true,
    }
  },

  'a group in a group, where something goes wrong': w => ({
    *main() {
      try {
        yield* use(new TaskGroup(), function* (outer) {
          outer.createTask(w.guard('slow', () => w.nap('sleeper', 9), () => w.nap('cleanup', 2)))
          yield* use(new TaskGroup(), function* (inner) {
            inner.createTask(w.nap('quick', 1))
            inner.createTask(w.guard('failing', function* () {
              yield* sleep(2)
              throw new RangeError('fire')
            }))
            yield* w.nap('body', 5)
          })
        })
      } catch (error) {
        w.say(String(error))
        throw error
      }
    },
    shared: () => null,
    atTheEnd: null,
  }),

  'a group that starts its tasks, and is cancelled': w => ({
    main: () => use(new TaskGroup(), function* (group) {
      const port = yield* group.start<number>(started => w.guard('server', function* () {
        yield* sleep(1)
        started(8080)
        yield* sleep(9)
      }, () => w.nap('shutting down', 1)))
      w.say(`at ${port}`)
      yield* sleep(1)
      group.cancel()
      yield* w.nap('body', 5)
    }),
    shared: () => null,
    atTheEnd: null,
  }),

  'scopes and shields': w => {
    const scopes: CancelScope[] = []
    const scope = (made: CancelScope) => {
      scopes.push(made)
      return made
    }
    return {
      *main() {
        yield* use(scope(moveOnAfter(4)), () => w.guard('outer', function* () {
          yield* use(scope(new CancelScope({ shield: true })), () => w.nap('shielded', 2))
          try {
            yield* use(scope(failAfter(1)), () => w.nap('too long', 9))
          } catch (error) {
            w.say(String(error))
            throw error
          }
        }, () => use(scope(moveOnAfter(1, { shield: true })), () => w.nap('cleanup', 9))))
        w.say(scopes.map(String).join())
      },
      shared: () => scopes.every(each => !String(each).includes('entered')),
      atTheEnd: true,
    }
  },

  'an exit stack': w => {
    const lock = new Lock()
    const left: string[] = []
    return {
      *main() {
        yield* use(new ExitStack(), function* (stack) {
          yield* stack.enterContext(lock)
          stack.push(function* () {
            left.push('first')
            yield* w.nap('first', 1)
          })
          yield* stack.enterContext(timeout(3))
          yield* w.nap('in between', 1)
          const group = yield* stack.enterContext(new TaskGroup())
          group.createTask(w.nap('child', 1))
          stack.callback(() => left.push('second'))
          yield* w.nap('body', 9)
        })
      },
      shared: () => [String(lock), left.filter(each => each === 'first').length <= 1],
      atTheEnd: ['<Lock [unlocked, waiting:0]>', true],
    }
  },

  'an asynchronous generator that goes from hand to hand': w => {
    let open = 0
    const numbers = asyncGenerator(function* () {
      open++
      try {
        for (let i = 0; ; i++) {
          yield* sleep(1)
          yield* emit(i)
        }
      } finally {
        open--
        yield* sleep(1)
      }
    })
    return {
      *main() {
        const generator = numbers()
        yield* use(aclosing(generator), function* () {
          w.say(String((yield* generator.anext()).value))
          w.say(String((yield* createTask(generator.anext())).value))
          w.say(String((yield* greenlet(() => generator.anext()).switch<IteratorResult<number>>()).value))
          yield* forEach(generator, function* (i) {
            yield* w.nap(`body ${i}`, 1)
            return i === 4 ? BREAK : undefined
          })
        })
      },
      shared: () => open,
      atTheEnd: 0,
    }
  },
}

describe('cancelled at every event', () => { holdsCancelledAtEveryEvent(programs) })
