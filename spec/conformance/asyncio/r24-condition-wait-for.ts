/** R24, `Condition.waitFor()`: it waits until a predicate is true, and checks at each notification. */
import { Condition, gather, sleep, use, wait } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { notify } from './support/conditions.ts'
import { start, turns } from './support/crew.ts'
import { Boom } from './support/errors.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

function fail(): never { throw new Boom() }

export const programs: Programs = {
  'waitFor() of a true predicate takes no turn and needs no lock'(log) {
    function* main() {
      const condition = new Condition()
      ticker(log, 1)
      log(yield* condition.waitFor(() => 'a value'))
      yield* sleep(0)
    }

    run(main())
  },

  'waitFor() checks at each notification, and returns what it finds'(log) {
    const state = { value: 0 }

    function* waiter(condition: Condition, least: number) {
      function enough() {
        log('looks', least, state.value)
        return state.value >= least ? state.value : null
      }

      return yield* use(condition, () => condition.waitFor(enough))
    }

    function* main() {
      const condition = new Condition()
      const tasks = [2, 1].map(n => start(log, `at least ${n}`, waiter(condition, n)))
      yield* turns(2)
      for (const value of [0, 1, 3]) {
        yield* use(condition, function* () {
          state.value = value
          condition.notifyAll()
        })
        yield* turns(5)
      }
      yield* wait(tasks)
    }

    run(main())
  },

  'when the predicate fails, the lock is held'(log) {
    function* main() {
      const condition = new Condition()
      yield* condition.acquire()
      yield* outcome(log, 'at once', condition.waitFor(fail))
      log(condition.locked())
      const looks = [() => false, fail]
      const a = start(log, 'later', condition.waitFor(() => looks.shift()?.()))
      yield* sleep(0)
      yield* notify(condition)
      yield* a
      log(condition.locked())
    }

    run(main())
  },

  'what was true at the notification may be false when the waiter checks'(log) {
    const items: string[] = []

    function* consumer(condition: Condition) {
      return yield* use(condition, function* () {
        yield* condition.waitFor(() => items.length > 0)
        return items.shift()
      })
    }

    function* main() {
      const condition = new Condition()
      const a = start(log, 'a', consumer(condition))
      yield* sleep(0)
      const thief = yield* use(condition, function* () {
        const thief = start(log, 'thief', consumer(condition))
        yield* sleep(0)
        items.push('first')
        condition.notify()
        return thief
      })
      yield* thief
      yield* turns(5)
      log(a.done())
      yield* use(condition, function* () {
        items.push('second')
        condition.notify()
      })
      yield* a
    }

    run(main())
  },

  'producers and consumers share a place for one item'(log) {
    const place: string[] = []

    function* producer(condition: Condition, items: string) {
      for (const item of items) {
        yield* use(condition, function* () {
          yield* condition.waitFor(() => place.length === 0)
          place.push(item)
          log('in', item)
          condition.notifyAll()
        })
      }
    }

    function* consumer(condition: Condition, name: string) {
      for (let i = 0; i < 2; i++) {
        yield* use(condition, function* () {
          yield* condition.waitFor(() => place.length > 0)
          log(name, 'out', place.pop())
          condition.notifyAll()
        })
      }
    }

    function* main() {
      const condition = new Condition()
      yield* gather([producer(condition, 'abcd'), consumer(condition, 'one'), consumer(condition, 'two')])
    }

    run(main())
  },
}
