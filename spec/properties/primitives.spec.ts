import {
  Barrier, BoundedSemaphore, CapacityLimiter, Condition, Event, LifoQueue, Lock,
  PriorityQueue, Queue,
  Semaphore, channel, sleep, use,
} from '../../lib/index.ts'
import { Room, check, holds } from '../support/worlds.ts'

describe('whatever tasks do, and whenever they are cancelled,', () => {
  holds('a lock has one owner at most, is taken in order, and no wake-up is lost', true, () => {
    const lock = new Lock()
    return new class extends Room {
      enter() { return lock.acquire() }
      leave() { lock.release() }
    }(1, () => !lock.locked() && lock.toString() === '<Lock [unlocked, waiting:0]>')
  })

  holds('a semaphore lets no more in than it has room for, in order, and no wake-up is lost', true,
    ({ size, cancels }) => {
    const semaphore = new (cancels.length % 2 === 0 ? Semaphore : BoundedSemaphore)(size)
    return new class extends Room {
      enter() { return semaphore.acquire() }
      leave() { semaphore.release() }
    }(size, () => !semaphore.locked() && semaphore.toString().includes(`value:${size}, waiting:0`))
  })

  holds('a limiter lends no more tokens than it has, in order, and no wake-up is lost', true, ({ size }) => {
    const limiter = new CapacityLimiter(size)
    return new class extends Room {
      enter(turn: number) { return limiter.acquireOnBehalfOf(turn) }
      leave(turn: number) { limiter.releaseOnBehalfOf(turn) }
      override check() {
        super.check()
        check(limiter.borrowedTokens <= size && limiter.availableTokens >= 0, 'borrowed, or kept for somebody')
      }
    }(size, () => limiter.borrowedTokens === 0 && limiter.waiting === 0)
  })

  holds('an event leaves nobody waiting once it is set', true, () => {
    const event = new Event()
    return {
      *visit({ hold, before }, turn, world) {
        if (turn % 3 === 0) {
          event.set()
          if (before > 1) event.clear()
        } else if (turn % 3 === 1) {
          event.clear()
          yield* sleep(hold)
          event.set()
        } else {
          yield* world.wait('the event', event.wait())
        }
      },
      checkQuiet(waits) { check(!event.isSet() || !waits('the event'), 'somebody waits, though it is set') },
      checkEnd(left) { check(left.size === 0 || !event.isSet(), 'all have gone') },
    }
  })

  holds('a condition leaves nobody waiting for what is there', true, () => {
    const condition = new Condition()
    const items: number[] = []
    const got = new Set<number>()
    let owners = 0
    return {
      visit({ hold }, turn, world) {
        return use(condition, function* () {
          check(++owners === 1, 'one has the lock')
          try {
            if (turn % 2 === 0) {
              yield* sleep(hold)
              items.push(turn)
              condition.notify()
            } else if (items.length === 0) {
              owners--
              try {
                yield* world.wait('an item', condition.waitFor(() => items.length > 0), false)
              } finally {
                check(++owners === 1, 'one has the lock again')
              }
            }
            const item = turn % 2 === 0 ? undefined : items.shift()
            check(item === undefined || !got.has(item), 'each gets another one')
            if (item !== undefined) got.add(item)
          } finally {
            owners--
          }
        })
      },
      checkQuiet(waits) { check(!waits('an item') || items.length === 0 || condition.locked(),
        'somebody waits, though there is one') },
      checkEnd(left) { check(!condition.locked() && (left.size === 0 || items.length === 0), 'all have gone') },
    }
  })

  for (const mayCancel of [false, true]) {
    const title = mayCancel
      ? 'a barrier lets as many go on as are to come together' : 'or if none is, a barrier numbers those of a round'
    holds(title, mayCancel, ({ size }) => {
      const barrier = new Barrier(size)
      const numbers: number[] = []
      return {
        *visit(_visit, _turn, world) { numbers.push(yield* world.wait('the others', barrier.wait(), false)) },
        checkQuiet() {
          check(barrier.nWaiting < size, 'enough have come, and wait')
          check(numbers.length % size === 0 || mayCancel, 'all of a round go on')
        },
        checkEnd(left) {
          check(left.size === 0 || barrier.nWaiting > 0, 'only those wait who are too few')
          for (let i = 0; i + size <= numbers.length && !mayCancel; i += size) {
            const round = numbers.slice(i, i + size).sort((a, b) => a - b)
            check(round.every((number, j) => number === j), `each has a number of its own: ${round.join()}`)
          }
          check(numbers.every(number => number >= 0 && number < size), 'from nought to the number of parties')
        },
      }
    })
  }

  for (const kind of [Queue, LifoQueue, PriorityQueue]) {
    holds(`a ${kind.name} loses no item, doubles none, and leaves nobody waiting who need not`, true, ({ size }) => {
      const queue = new kind<number>(size)
      const put: number[] = []
      const got: number[] = []
      let done = 0
      return {
        *visit({ hold }, turn, world) {
          if (turn % 2 === 0) {
            yield* world.wait('room', queue.put(turn), false) // who does not wait may overtake
            put.push(turn)
          } else {
            got.push(yield* world.wait('an item', queue.get(), false))
            try {
              yield* sleep(hold)
            } finally {
              queue.taskDone()
              done++
            }
          }
        },
        check() {
          check(queue.qsize() <= size && put.length === got.length + queue.qsize(), 'each is in it, or has been got')
          if (kind === Queue) check(got.every((item, i) => item === put[i]),
            `they come in order: ${put.join()} and ${got.join()}`)
        },
        checkQuiet(waits) {
          check(!waits('room') || queue.full(), 'one waits with an item, though there is room')
          check(!waits('an item') || queue.empty(), 'one waits for an item, though there is one')
        },
        checkEnd(left) {
          while (!queue.empty()) got.push(queue.getNowait())
          check([...got].sort().join() === [...put].sort().join(), 'all that was put in came out')
          check(done === put.length || left.size === 0 || !left.has('an item') || !left.has('room'),
            'nobody waits for another')
        },
      }
    })
  }

  for (const mayCancel of [false, true]) {
    holds(`a channel ${mayCancel ? 'loses no value, and doubles none' : 'gives them in order, if none is'}`, mayCancel,
      ({ size }) => {
      const [sender, receiver] = channel<number>(size - 1)
      const tried: number[] = []
      const sent: number[] = []
      const received: number[] = []
      return {
        *visit(_visit, turn, world) {
          if (turn % 2 === 0) {
            tried.push(turn)
            yield* world.wait('to send', sender.send(turn))
            sent.push(turn)
          } else {
            received.push(yield* world.wait('to receive', receiver.receive()))
          }
        },
        check() {
          check(new Set(received).size === received.length, 'nothing is received twice')
          check(received.every(value => tried.includes(value)), 'what is received was sent')
          if (!mayCancel) check(received.every((value, i) => value === tried[i]),
            `in order: ${tried.join()} and ${received.join()}`)
        },
        checkQuiet(waits) {
          check(!waits('to send') || !waits('to receive'), 'one waits to send, and another to receive')
          check(!waits('to send') || sent.filter(value => !received.includes(value)).length >= size - 1 || mayCancel,
            'there is room')
        },
        checkEnd(left) {
          try {
            for (;;) received.push(receiver.receiveNowait())
          } catch { /* it is empty */ }
          check(sent.every(value => received.includes(value)), 'what was sent is received')
          check(!left.has('to receive') || sent.length <= received.length, 'nobody waits for what is there')
        },
      }
    })
  }
})
