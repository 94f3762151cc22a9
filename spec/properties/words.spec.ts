import { BoundedSemaphore, type Coroutine, Queue, ReadWriteLock, ReentrantLock, Semaphore, broadcast, channel, getRunningLoop, mapConcurrently,
  sleep, use } from '../../lib/index.ts'
import { type Thing, check, holds } from '../support/worlds.ts'

describe('whatever tasks do, and whenever they are cancelled,', () => {
  holds('nobody reads while one writes, and no wake-up is lost', true, () => {
    const lock = new ReadWriteLock()
    const inside = { read: 0, write: 0 }
    return {
      *visit({ hold }, turn, world) {
        const side = turn % 3 === 0 ? 'write' : 'read'
        yield* world.wait('the lock', lock[side].acquire())
        inside[side]++
        try {
          yield* sleep(hold)
        } finally {
          inside[side]--
          lock[side].release()
        }
      },
      check() { check(inside.write === 0 || (inside.write === 1 && inside.read === 0), `${inside.read} read, ${inside.write} write`) },
      checkQuiet(waits) { check(!waits('the lock') || inside.read + inside.write > 0, 'somebody waits, though it is free') },
      checkEnd(left) { check(left.size === 0 && String(lock) === '<ReadWriteLock [unlocked, waiting:0]>', String(lock)) },
    }
  })

  holds('a lock that can be taken again has one owner', true, () => {
    const lock = new ReentrantLock()
    let inside = 0
    return {
      *visit({ hold }, turn, world) {
        yield* world.wait('the lock', lock.acquire())
        inside++
        try {
          yield* use(lock, () => sleep(hold))
          if (turn % 2 === 0) yield* use(lock, () => sleep(0))
        } finally {
          inside--
          lock.release()
        }
      },
      check() { check(inside <= 1, `${inside} have it`) },
      checkQuiet(waits) { check(!waits('the lock') || inside === 1, 'somebody waits, though it is free') },
      checkEnd(left) { check(left.size === 0 && String(lock) === '<ReentrantLock [unlocked, waiting:0]>', String(lock)) },
    }
  })

  for (const kind of [Semaphore, BoundedSemaphore]) {
    holds(`a ${kind.name} is never taken more of than there is, and who needs much is let in`, true, ({ size }): Thing => {
      const semaphore = new kind(size)
      let taken = 0
      return {
        *visit({ hold }, turn, world) {
          const n = 1 + turn % size
          yield* world.wait('room', semaphore.acquire(n))
          taken += n
          try {
            yield* sleep(hold)
          } finally {
            taken -= n
            semaphore.release(n)
          }
        },
        check() { check(taken <= size, `${taken} of ${size} are taken`) },
        checkQuiet(waits) { check(!waits('room') || taken > 0, 'somebody waits, though nobody is in') },
        checkEnd(left) { check(left.size === 0 && String(semaphore).includes(`value:${size}, waiting:0`), String(semaphore)) },
      }
    })
  }

  holds('of those that wait for a semaphore, no one goes on while one waits that goes before it', true, ({ size }): Thing => {
    const semaphore = new Semaphore(size)
    let inside = 0
    return {
      *visit({ hold }, turn, world) {
        const priority = turn % 3
        yield* world.wait(`room by ${priority}`, semaphore.acquire(1, { priority }))
        inside++
        try {
          yield* sleep(hold)
        } finally {
          inside--
          semaphore.release()
        }
      },
      check() { check(inside <= size, 'too many are in') },
      checkQuiet(waits) {
        const someWait = [0, 1, 2].some(priority => waits(`room by ${priority}`))
        check(!someWait || inside === size, 'somebody waits, though there is room')
      },
      checkEnd(left) { check(left.size === 0 && String(semaphore).includes(`value:${size}, waiting:0`), String(semaphore)) },
    }
  })

  for (const overflow of ['wait', 'dropOldest', 'dropNewest', 'error'] as const) {
    holds(`a value that is sent by ${overflow} is received, is there, or is told of as lost: once`, true, ({ size }): Thing => {
      const sent = new Set<number>()
      const ended: number[] = []
      const [sender, receiver] = channel<number>(size, { overflow, onUndelivered: value => ended.push(value) })
      return {
        *visit({ hold }, turn, world) {
          if (turn % 2 === 0) {
            sent.add(turn)
            try {
              yield* world.wait('to send', sender.send(turn), false)
            } catch (error) {
              if (!['WouldBlock', 'BrokenResourceError'].includes((error as Error).name)) throw error
            }
          } else {
            ended.push(yield* world.wait('to receive', receiver.receive(), false))
            yield* sleep(hold)
          }
        },
        check() { check(new Set(ended).size === ended.length, 'none is told of twice') },
        checkQuiet(waits) { check(!waits('to send') || !waits('to receive'), 'one waits to send, and another to receive') },
        checkEnd() {
          receiver.close()
          for (const value of ended) sent.delete(value)
          const { tasksWaitingSend } = sender.statistics()
          check(sent.size === tasksWaitingSend, `${[...sent].join()} are neither received nor lost, and ${tasksWaitingSend} wait to send`)
        },
      }
    })

    holds(`a queue whose policy is ${overflow} holds no more than it has room for, and counts what it drops`, true, ({ size }): Thing => {
      const queue = new Queue<number>(size, { overflow })
      let [put, got, refused] = [0, 0, 0]
      return {
        *visit({ hold }, turn, world) {
          if (turn % 3 > 0) {
            try {
              yield* world.wait('room', queue.put(turn), false)
              put++
            } catch (error) {
              if ((error as Error).name !== 'QueueFull') throw error
              refused++
            }
          } else {
            yield* world.wait('an item', queue.get(), false)
            got++
            yield* sleep(hold)
          }
        },
        check() {
          const { dropped } = queue.statistics()
          check(queue.qsize() <= size && put === got + queue.qsize() + dropped, 'each is in it, got, or dropped')
          check(refused === 0 || overflow === 'error', 'none is refused')
          check(dropped === 0 || overflow.startsWith('drop'), 'none is dropped')
        },
        checkQuiet(waits) {
          check(!waits('room') || queue.full(), 'one waits with an item, though there is room')
          check(!waits('an item') || queue.empty(), 'one waits for an item, though there is one')
        },
        checkEnd() { /* those that are left wait for others that do not come */ },
      }
    })
  }

  for (const overflow of ['wait', 'dropOldest', 'dropNewest'] as const) {
    holds(`a subscriber gets what is sent, in order, or is told how much it missed: ${overflow}`, true, ({ size }): Thing => {
      const news = broadcast<number>(size, { overflow })
      let sent = 0
      let seen = 0
      const subscriber = news.subscribe({ onMissed: count => { seen += count } })
      return {
        *visit({ hold }, turn, world) {
          if (turn % 2 === 0) {
            yield* world.wait('to send', function* (): Coroutine<void> {
              yield* news.send(sent)
              sent++
            }(), false)
          } else {
            yield* world.wait('to receive', subscriber.receive(), false)
            seen++
            yield* sleep(hold)
          }
        },
        check() { check(seen <= sent && (overflow !== 'wait' || subscriber.missed === 0), 'no more is seen than was sent') },
        checkQuiet(waits) {
          check(!waits('to send') || overflow === 'wait', 'it never waits')
          check(!waits('to send') || !waits('to receive'), 'one waits to send, and another to receive')
        },
        checkEnd() { /* those that are left wait for others that do not come */ },
      }
    })
  }

  holds('a map never works on more than its limit', true, ({ size }): Thing => {
    let going = 0
    let most = 0
    return {
      *visit({ hold }, turn) {
        let inside = 0
        const begun = getRunningLoop().time()
        const results = yield* mapConcurrently(Array.from({ length: turn % 5 }, (_, i) => i), function* (i) {
          going++
          most = Math.max(most, ++inside)
          try {
            yield* sleep(hold)
            return i * 2
          } finally {
            going--
            inside--
          }
        }, { limit: size })
        check(results.join() === results.map((_, i) => i * 2).join() && results.length === turn % 5, 'each has its result')
        check(getRunningLoop().time() - begun === Math.ceil((turn % 5) / size) * hold, 'nobody is idle while there is work')
      },
      checkQuiet() { check(most <= size, `${most} at a time`) },
      checkEnd() { check(going === 0, 'nobody goes on') },
    }
  })
})
