/** A task cancelled while it sends or receives loses no value, and none arrives twice. */
import {
  CancelScope, type Coroutine, EndOfChannel, type Receiver, type Sender, TaskGroup, TimeoutError, channel, failAfter,
  forEach, moveOnAfter, sleep, use,
} from '../../../lib/index.ts'
import type { Log, Programs } from '../programs.ts'
import { attempt, ending, nap, now, run, tell } from './support/world.ts'

/** From a moment on, send a value in a scope. */
function* send(log: Log, sender: Sender<string>, scope: CancelScope, begin: number, value: string): Coroutine<void> {
  yield* use(scope, function* () {
    yield* sleep(begin)
    yield* sender.send(value)
    log('sent', value, 'at', now())
  })
  log(value, 'caught', scope.cancelledCaught)
}

/** From a moment on, receive a value in a scope. */
function* receive(
  log: Log, name: string, receiver: Receiver<string>, scope: CancelScope, begin: number,
): Coroutine<void> {
  yield* use(scope, function* () {
    yield* sleep(begin)
    log(name, 'gets', yield* receiver.receive(), 'at', now())
  })
  log(name, 'caught', scope.cancelledCaught)
}

function sorted(numbers: number[]): number[] { return [...numbers].sort((a, b) => a - b) }

export const programs: Programs = {
  'a sender is cancelled: its value does not arrive'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)
      const scope = new CancelScope()
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(send(log, sender, scope, 0, 'a'))
        group.createTask(send(log, sender, new CancelScope(), 1, 'b'))
        yield* sleep(5)
        scope.cancel()
        yield* sleep(1)
        log('received', receiver.receiveNowait())
        attempt(log, 'receive', () => receiver.receiveNowait())
      })
    })
  },

  'a receiver is cancelled: the value is for the next'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)
      const scope = new CancelScope()
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(receive(log, 'a', receiver, scope, 0))
        group.createTask(receive(log, 'b', receiver, new CancelScope(), 1))
        yield* sleep(5)
        scope.cancel()
        yield* sleep(1)
        sender.sendNowait('value')
        attempt(log, 'send', () => { sender.sendNowait('more') })
      })
    })
  },

  'a sender is cancelled in the moment after its value was taken'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)
      const scope = new CancelScope()
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(send(log, sender, scope, 0, 'a'))
        yield* sleep(5)
        log('received', receiver.receiveNowait())
        scope.cancel()
        yield* sleep(1)
        attempt(log, 'receive', () => receiver.receiveNowait())
      })
    })
  },

  'a sender is cancelled in the moment before its value would be taken'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)
      const scope = new CancelScope()
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(send(log, sender, scope, 0, 'a'))
        yield* sleep(5)
        scope.cancel()
        attempt(log, 'receive', () => receiver.receiveNowait())
      })
    })
  },

  'a receiver is cancelled in the moment after its value arrived'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)
      const scope = new CancelScope()
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(receive(log, 'a', receiver, scope, 0))
        yield* sleep(5)
        sender.sendNowait('value')
        scope.cancel()
        yield* sleep(1)
        attempt(log, 'receive', () => receiver.receiveNowait())
      })
    })
  },

  'a receiver is cancelled in the moment before its value would arrive'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(1)
      const scope = new CancelScope()
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(receive(log, 'a', receiver, scope, 0))
        yield* sleep(5)
        scope.cancel()
        sender.sendNowait('value')
        attempt(log, 'receive', () => receiver.receiveNowait())
      })
    })
  },

  'a sender that waits for room is cancelled: the values in the channel stay'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(2)
      yield* use(new TaskGroup(), function* (group) {
        Array.from('abcd').forEach((value, i) => {
          const scope = value === 'c' ? moveOnAfter(5) : new CancelScope()
          group.createTask(send(log, sender, scope, i, value))
        })
        yield* sleep(8)
        for (let i = 0; i < 3; i++) {
          log('received', receiver.receiveNowait())
          yield* sleep(1)
        }
        attempt(log, 'receive', () => receiver.receiveNowait())
      })
    })
  },

  'a sender tries again until its time is over'(log) {
    run(function* () {
      const [sender, receiver] = channel<number>(0)

      function* consume() {
        yield* sleep(10)
        log('received', receiver.receiveNowait(), 'at', now())
      }

      yield* use(new TaskGroup(), function* (group) {
        group.createTask(consume())
        for (let i = 0; i < 5; i++) {
          const scope = moveOnAfter(3)
          yield* use(scope, function* () { yield* sender.send(i) })
          tell(log, `${i}`, scope)
          if (!scope.cancelledCaught) break
        }
      })
    })
  },

  'a receiver does something else in between'(log) {
    run(function* () {
      const [sender, receiver] = channel<number>(0)

      function* produce() {
        yield* use(sender, function* () {
          for (let i = 0; i < 3; i++) {
            yield* sleep(5)
            yield* sender.send(i)
          }
        })
      }

      yield* use(new TaskGroup(), function* (group) {
        group.createTask(produce())
        for (let i = 0; i < 9; i++) {
          try {
            yield* use(failAfter(2), function* () { log('gets', yield* receiver.receive(), 'at', now()) })
          } catch (error) {
            if (!(error instanceof TimeoutError || error instanceof EndOfChannel)) throw error
            log(error, 'at', now())
            if (error instanceof EndOfChannel) break
          }
        }
      })
    })
  },

  'an iteration is cancelled: the rest stays in the channel'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(5)
      for (const value of 'abcd') sender.sendNowait(value)
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* forEach(receiver, function* (value) {
          log(value)
          yield* nap(log, 'body', 3)
        })
      })
      tell(log, 'scope', scope)
      attempt(log, 'receive', () => receiver.receiveNowait())
      attempt(log, 'receive', () => receiver.receiveNowait())
    })
  },

  'an iteration is cancelled while it waits, and continues later'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)

      function* produce() {
        yield* use(sender, function* () {
          for (const value of 'ab') {
            yield* sleep(6)
            yield* sender.send(value)
          }
        })
      }

      yield* use(new TaskGroup(), function* (group) {
        group.createTask(produce())
        for (let i = 0; i < 3; i++) {
          const scope = moveOnAfter(4 + i)
          yield* use(scope, function* () {
            yield* forEach(receiver, function* (value) { log(value, 'at', now()) })
          })
          tell(log, `${i}`, scope)
        }
      })
    })
  },

  'the group of senders and receivers is cancelled: the values in the channel stay'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(2)

      function* produce() {
        for (const value of 'abcdef') yield* sender.send(value)
      }

      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(produce())
          yield* sleep(3)
          log('received', yield* receiver.receive())
          yield* sleep(10)
        })
      })
      tell(log, 'scope', scope)
      for (let i = 0; i < 3; i++) attempt(log, 'receive', () => receiver.receiveNowait())
    })
  },

  'many are cancelled one after the other, and all values arrive once'(log) {
    run(function* () {
      const [sender, receiver] = channel<number>(0)
      const gone: number[] = []
      const come: number[] = []

      function* produce(value: number) {
        yield* sleep(value / 2)
        yield* use(moveOnAfter(4 + value % 3), function* () {
          yield* sender.send(value)
          gone.push(value)
        })
      }

      function* consume(i: number) {
        yield* sleep(3.25 + i)
        yield* use(moveOnAfter(1 + i % 4), function* () { come.push(yield* receiver.receive()) })
      }

      yield* use(new TaskGroup(), function* (group) {
        for (let i = 0; i < 20; i++) {
          group.createTask(produce(i))
          group.createTask(consume(i))
        }
      })
      log(sorted(gone).join() === sorted(come).join(), gone.length)
      log(come)
      log(Math.trunc(now()))
      attempt(log, 'receive', () => receiver.receiveNowait())
    })
  },

  'a finally closes an end, although everything is cancelled'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)

      function* scoped() {
        const scope = moveOnAfter(5)
        yield* use(scope, function* () {
          yield* use(sender, function* () { yield* sender.send('value') })
        })
        tell(log, 'scope', scope)
      }

      yield* use(new TaskGroup(), function* (group) {
        group.createTask(scoped())
        yield* sleep(7)
        yield* ending(log, 'receive', receiver.receive())
      })
    })
  },
}
