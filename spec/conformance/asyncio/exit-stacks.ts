/** An exit stack enters any number of context managers and leaves them in reverse order. */
import { type Coroutine, ExitStack, gather, sleep, use } from '../../../lib/index.ts'
import { type Programs, table } from '../programs.ts'
import { Bang, Boom } from './support/errors.ts'
import { Manager, type ManagerOptions, withStack } from './support/managers.ts'
import { run } from './support/virtual.ts'
import { outcome } from './support/witness.ts'

export const programs: Programs = {
  'managers are left in reverse order'(log) {
    function* main() {
      yield* withStack(function* (stack) {
        for (const name of 'abc') log('entered', yield* stack.enterContext(new Manager(log, name)))
        log('body')
      })
      log('after')
    }

    run(main())
  },

  'an empty stack does nothing'(log) {
    function* main() {
      yield* withStack(function* () { log('body') })
      yield* outcome(log, 'fail', withStack(function* () { throw new Boom() }))
    }

    run(main())
  },

  ...table<{ managers: Record<string, ManagerOptions>, error: Error | null }>({
    'each manager is told the error': { managers: { a: {}, b: {}, c: {} }, error: new Boom() },
    'a manager that swallows the error keeps it from the others': {
      managers: { a: {}, b: { swallows: true }, c: {} }, error: new Boom(),
    },
    'a manager may ask to swallow an error when there is none': { managers: { a: { swallows: true } }, error: null },
    'after the error is swallowed, another manager may raise a new one': {
      managers: { a: { error: new Bang() }, b: { swallows: true } }, error: new Boom(),
    },
    'each error replaces the one before it': {
      managers: {
        a: { error: new Boom() }, b: { error: new Bang() }, c: { error: new Boom() }, d: { error: new Bang() },
      },
      error: null,
    },
  }, (log, { managers, error }) => {
    run(outcome(log, 'stack', withStack(function* (stack) {
      for (const [name, options] of Object.entries(managers)) {
        yield* stack.enterContext(new Manager(log, name, options))
      }
      if (error !== null) throw error
      return 'result'
    })))
  }),

  'an error of an exit may be swallowed further out'(log) {
    function* body() {
      yield* withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a'))
        yield* stack.enterContext(new Manager(log, 'b', { swallows: true }))
        yield* stack.enterContext(new Manager(log, 'c', { error: new Bang() }))
      })
      log('after')
    }

    run(outcome(log, 'stack', body()))
  },

  'an error of an exit replaces the one before'(log) {
    function* body(error: Error | null) {
      yield* withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a'))
        yield* stack.enterContext(new Manager(log, 'b', { error: new Bang() }))
        yield* stack.enterContext(new Manager(log, 'c'))
        if (error !== null) throw error
      })
    }

    function* main() {
      yield* outcome(log, 'with an error', body(new Boom()))
      yield* outcome(log, 'without', body(null))
    }

    run(main())
  },

  'a manager that cannot be entered is not left, but those before it are'(log) {
    class Failing extends Manager {
      override *enter(): Coroutine<string> { throw new Boom() }
    }

    run(outcome(log, 'stack', withStack(function* (stack) {
      yield* stack.enterContext(new Manager(log, 'a'))
      yield* stack.enterContext(new Failing(log, 'b'))
      log('never here')
    })))
  },

  'pop_all() moves everything to another stack'(log) {
    function* main() {
      const other = yield* withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a'))
        yield* stack.enterContext(new Manager(log, 'b'))
        const other = stack.popAll()
        yield* stack.enterContext(new Manager(log, 'c'))
        return other
      })
      log('between')
      if (other !== undefined) yield* use(other, function* () { log('body of the other') })
      log('after')
    }

    run(main())
  },

  'popAll() keeps what was built in several steps only if all of them succeed'(log) {
    function make(error: Error | null) {
      return withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a'))
        yield* stack.enterContext(new Manager(log, 'b'))
        if (error !== null) throw error
        return stack.popAll()
      })
    }

    function* main() {
      yield* outcome(log, 'failed', make(new Boom()))
      const stack = yield* make(null)
      log('made')
      if (stack !== undefined) yield* stack.close()
    }

    run(main())
  },

  'a stack inside a stack'(log) {
    run(outcome(log, 'stack', withStack(function* (outer) {
      yield* outer.enterContext(new Manager(log, 'a'))
      const inner = yield* outer.enterContext(new ExitStack())
      yield* inner.enterContext(new Manager(log, 'b', { swallows: true }))
      yield* outer.enterContext(new Manager(log, 'c'))
      yield* inner.enterContext(new Manager(log, 'd'))
      throw new Boom()
    })))
  },

  'several tasks, each with its own stack'(log) {
    function* child(name: string, ms: number) {
      yield* withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, name))
        yield* sleep(ms)
        yield* stack.enterContext(new Manager(log, name + name))
        yield* sleep(ms)
      })
    }

    function* main() { yield* gather([child('a', 3), child('b', 2)]) }

    run(main())
  },

  'any number of callbacks'(log) {
    function* main() {
      const left: number[] = []
      yield* withStack(function* (stack) {
        for (let n = 0; n < 1000; n++) stack.callback(() => left.push(n))
      })
      log(left.length, left.slice(0, 3), left.slice(-3))
    }

    run(main())
  },
}
