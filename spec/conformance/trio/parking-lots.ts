/** A parking lot is a line of waiting tasks: first come, first served. */
import {
  CancelScope, type Coroutine, ParkingLot, TaskGroup, isCancelled, moveOnAfter, sleep, use,
} from '../../../lib/index.ts'
import type { Log, Programs } from '../programs.ts'
import { later, now, run, tell } from './support/world.ts'

/** From a moment on, wait in a lot. */
function* guest(log: Log, name: string, lot: ParkingLot, begin: number): Coroutine<void> {
  yield* sleep(begin)
  try {
    yield* lot.park()
  } catch (error) {
    if (isCancelled(error)) log(name, error, 'at', now())
    throw error
  }
  log(name, 'goes on at', now())
}

/** The same in a scope, and log what the scope says. */
function* scopedGuest(
  log: Log, name: string, lot: ParkingLot, begin: number, scope: CancelScope,
): Coroutine<void> {
  yield* use(scope, function* () { yield* guest(log, name, lot, begin) })
  tell(log, 'scope', scope)
}

/** Guests that come one after the other, at 0, 1, 2… */
function lineUp(log: Log, group: TaskGroup, lot: ParkingLot, names: string): void {
  Array.from(names).forEach((name, i) => group.createTask(guest(log, name, lot, i)))
}

export const programs: Programs = {
  'they continue in the order in which they came, one by one'(log) {
    run(function* () {
      const lot = new ParkingLot()
      yield* use(new TaskGroup(), function* (group) {
        lineUp(log, group, lot, 'abc')
        yield* sleep(5)
        for (let i = 0; i < 3; i++) {
          log(lot.unpark(), lot.waiting)
          yield* sleep(1)
        }
        log(lot.unpark(), lot.waiting)
      })
    })
  },

  'several at a time'(log) {
    run(function* () {
      const lot = new ParkingLot()
      const order: string[] = []

      function* silent(name: string, begin: number) {
        yield* sleep(begin)
        yield* lot.park()
        order.push(name)
      }

      yield* use(new TaskGroup(), function* (group) {
        Array.from('abcde').forEach((name, i) => group.createTask(silent(name, i)))
        yield* sleep(10)
        for (const count of [0, 1, 3, 100]) {
          log(lot.unpark(count), lot.waiting)
          yield* sleep(1)
          log(order.sort())
        }
      })
    })
  },

  'all at once'(log) {
    run(function* () {
      const lot = new ParkingLot()
      const order: number[] = []

      function* silent(begin: number) {
        yield* sleep(begin)
        yield* lot.park()
        order.push(begin)
      }

      yield* use(new TaskGroup(), function* (group) {
        for (let i = 0; i < 4; i++) group.createTask(silent(i))
        yield* sleep(10)
        log(lot.unparkAll(), lot.waiting)
        yield* sleep(1)
        log(order.sort())
        log(lot.unparkAll())
      })
    })
  },

  'nobody is there'(log) {
    run(function* () {
      const [lot, other] = [new ParkingLot(), new ParkingLot()]
      log(lot.waiting, lot.unpark(), lot.unparkAll())
      lot.repark(other)
      lot.reparkAll(other)
      log(lot.waiting, other.waiting)
    })
  },

  'a wake-up without waiters is lost'(log) {
    run(function* () {
      const lot = new ParkingLot()
      log(lot.unpark(3))
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(guest(log, 'a', lot, 1))
        group.createTask(later(5, () => lot.unpark()))
      })
    })
  },

  'a task may come again, behind the others'(log) {
    function* twice(lot: ParkingLot, name: string, begin: number) {
      yield* guest(log, name, lot, begin)
      yield* guest(log, name, lot, 0)
    }

    run(function* () {
      const lot = new ParkingLot()
      yield* use(new TaskGroup(), function* (group) {
        Array.from('ab').forEach((name, i) => group.createTask(twice(lot, name, i)))
        yield* sleep(5)
        for (let i = 0; i < 4; i++) {
          lot.unpark()
          yield* sleep(1)
          log(lot.waiting)
        }
      })
    })
  },

  'a cancelled task leaves the line'(log) {
    run(function* () {
      const lot = new ParkingLot()
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(guest(log, 'a', lot, 0))
        const scope = moveOnAfter(5)
        yield* use(scope, function* () { yield* guest(log, 'b', lot, 1) })
        tell(log, 'scope', scope)
        group.createTask(guest(log, 'c', lot, 1))
        yield* sleep(2)
        log(lot.waiting)
        for (let i = 0; i < 2; i++) {
          lot.unpark()
          yield* sleep(1)
        }
      })
    })
  },

  'cancelled in the moment after the wake-up, a task continues'(log) {
    run(function* () {
      const [lot, scope] = [new ParkingLot(), new CancelScope()]
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(scopedGuest(log, 'a', lot, 0, scope))
        group.createTask(guest(log, 'b', lot, 1))
        yield* sleep(5)
        log(lot.unpark())
        scope.cancel()
        yield* sleep(1)
        log(lot.waiting)
        lot.unpark()
      })
    })
  },

  'cancelled in the moment before, the wake-up goes to the next'(log) {
    run(function* () {
      const [lot, scope] = [new ParkingLot(), new CancelScope()]
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(scopedGuest(log, 'a', lot, 0, scope))
        group.createTask(guest(log, 'b', lot, 1))
        yield* sleep(5)
        scope.cancel()
        log(lot.waiting)
        yield* sleep(1)
        log(lot.unpark())
      })
    })
  },

  'moved to another lot, tasks wait behind those that are there'(log) {
    run(function* () {
      const [here, there] = [new ParkingLot(), new ParkingLot()]
      yield* use(new TaskGroup(), function* (group) {
        lineUp(log, group, here, 'abc')
        lineUp(log, group, there, 'xy')
        yield* sleep(5)
        here.repark(there)
        log(here.waiting, there.waiting)
        here.repark(there, 1)
        log(here.waiting, there.waiting)
        for (const lot of [here, there, there, there, there, here]) {
          log(lot.unpark())
          yield* sleep(1)
        }
      })
    })
  },

  'several are moved, in order'(log) {
    run(function* () {
      const [here, there] = [new ParkingLot(), new ParkingLot()]
      yield* use(new TaskGroup(), function* (group) {
        lineUp(log, group, here, 'abcd')
        yield* sleep(5)
        here.repark(there, 0)
        log(here.waiting, there.waiting)
        here.repark(there, 3)
        log(here.waiting, there.waiting)
        here.repark(there, 5)
        log(here.waiting, there.waiting)
        for (let i = 0; i < 4; i++) {
          there.unpark()
          yield* sleep(1)
        }
      })
    })
  },

  'all are moved'(log) {
    run(function* () {
      const [here, there] = [new ParkingLot(), new ParkingLot()]
      yield* use(new TaskGroup(), function* (group) {
        lineUp(log, group, here, 'abc')
        yield* sleep(5)
        here.reparkAll(there)
        log(here.waiting, there.waiting, here.unparkAll())
        for (let i = 0; i < 3; i++) {
          there.unpark()
          yield* sleep(1)
        }
      })
    })
  },

  'moved, and moved back'(log) {
    run(function* () {
      const [here, there] = [new ParkingLot(), new ParkingLot()]
      yield* use(new TaskGroup(), function* (group) {
        lineUp(log, group, here, 'abc')
        yield* sleep(5)
        here.repark(there)
        there.repark(here)
        log(here.waiting, there.waiting)
        for (let i = 0; i < 3; i++) {
          here.unpark()
          yield* sleep(1)
        }
      })
    })
  },

  'cancelled in the lot to which it was moved'(log) {
    run(function* () {
      const [here, there, scope] = [new ParkingLot(), new ParkingLot(), new CancelScope()]
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(guest(log, 'a', here, 0))
        group.createTask(scopedGuest(log, 'b', here, 1, scope))
        group.createTask(guest(log, 'c', here, 2))
        yield* sleep(5)
        here.reparkAll(there)
        scope.cancel()
        log(here.waiting, there.waiting)
        for (let i = 0; i < 2; i++) {
          yield* sleep(1)
          there.unpark()
        }
      })
    })
  },

  'each task wakes the next one, as in a lock'(log) {
    run(function* () {
      const lot = new ParkingLot()

      function* polite(name: string, begin: number) {
        yield* guest(log, name, lot, begin)
        yield* sleep(2)
        lot.unpark()
      }

      yield* use(new TaskGroup(), function* (group) {
        Array.from('abc').forEach((name, i) => group.createTask(polite(name, i)))
        yield* sleep(5)
        lot.unpark()
      })
    })
  },
}
