/** An exit stack also takes exit functions and plain callbacks, and can be closed by hand. */
import { type Coroutine, ExitStack, aclosing, sleep, use } from '../../../lib/index.ts'
import type { Log, Programs } from '../programs.ts'
import { Bang, Boom } from './support/errors.ts'
import { Manager, withStack } from './support/managers.ts'
import { run } from './support/virtual.ts'
import { now, outcome } from './support/witness.ts'

class Closable {
  constructor(private readonly log: Log, readonly name: string) {}

  *aclose(): Coroutine<void> {
    yield* sleep(1)
    this.log('close', this.name)
  }
}

export const programs: Programs = {
  'push() takes a function that is told the error'(log) {
    function told(error?: unknown) { log('told', error) }

    function* waits(error?: unknown) {
      yield* sleep(1)
      log('told', error, 'at', now())
    }

    function* body(error: Error | null) {
      yield* withStack(function* (stack) {
        log(stack.push(told) === told)
        log(stack.push(waits) === waits)
        if (error !== null) throw error
      })
    }

    function* main() {
      yield* outcome(log, 'without', body(null))
      yield* outcome(log, 'with an error', body(new Boom()))
    }

    run(main())
  },

  'the pushed function may swallow the error'(log) {
    function* later() {
      yield* sleep(1)
      return true
    }

    function* body(asynchronous: boolean) {
      yield* withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a'))
        stack.push(asynchronous ? later : () => true)
        yield* stack.enterContext(new Manager(log, 'b'))
        throw new Boom()
      })
    }

    function* main() {
      yield* outcome(log, 'plain', body(false))
      yield* outcome(log, 'asynchronous', body(true))
    }

    run(main())
  },

  'push() takes a manager that was entered elsewhere'(log) {
    function* main() {
      const manager = new Manager(log, 'a')
      yield* withStack(function* (stack) {
        log(stack.push(manager) === manager)
        log('body')
      })
    }

    run(main())
  },

  'anything else is refused'(log) {
    function* main() {
      yield* withStack(function* (stack) { yield* outcome(log, 'enter', stack.enterContext(7 as never)) })
    }

    run(main())
  },

  'callbacks get their arguments'(log) {
    function callback(...args: unknown[]) { log('callback', ...args) }

    function* later(...args: unknown[]) {
      yield* sleep(1)
      log('later', ...args, now())
    }

    function* main() {
      yield* withStack(function* (stack) {
        log(stack.callback(callback, 1, 2) === callback)
        stack.callback(callback)
        log(stack.callback(later, 'a', 'b') === later)
        log('body')
      })
    }

    run(main())
  },

  'callbacks cannot swallow an error'(log) {
    function callback() {
      log('callback')
      return true
    }

    function* later() {
      log('later')
      return true
    }

    run(outcome(log, 'stack', withStack(function* (stack) {
      stack.callback(callback)
      stack.callback(later)
      throw new Boom()
    })))
  },

  'an error of a callback is raised like that of a manager'(log) {
    function callback() { throw new Bang() }

    function* later() {
      yield* sleep(1)
      throw new Boom()
    }

    run(outcome(log, 'stack', withStack(function* (stack) {
      yield* stack.enterContext(new Manager(log, 'a'))
      stack.callback(callback)
      yield* stack.enterContext(new Manager(log, 'b'))
      stack.callback(later)
      yield* stack.enterContext(new Manager(log, 'c'))
    })))
  },

  'a callback may be added several times'(log) {
    function* main() {
      yield* withStack(function* (stack) { for (const n of [0, 1, 2]) stack.callback(log, n) })
    }

    run(main())
  },

  'what is added while the stack is being left is called too'(log) {
    function* main() {
      yield* withStack(function* (stack) {
        function first() {
          log('first')
          stack.callback(second)
        }

        function second() {
          log('second')
          stack.callback(log, 'third')
        }

        stack.callback(log, 'last')
        stack.callback(first)
      })
    }

    run(main())
  },

  'aclose() leaves everything, once'(log) {
    function* main() {
      const stack = new ExitStack()
      yield* stack.enterContext(new Manager(log, 'a'))
      stack.callback(log, 'callback')
      yield* stack.close()
      log('closed')
      yield* stack.close()
      log('closed again')
      stack.callback(log, 'used again')
      yield* stack.close()
    }

    run(main())
  },

  'after aclose() in the body nothing is left for the end'(log) {
    function* main() {
      yield* withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a'))
        yield* stack.close()
        log('body')
      })
    }

    run(main())
  },

  'an error during aclose() comes out after everything has been left'(log) {
    function* main() {
      const stack = new ExitStack()
      yield* stack.enterContext(new Manager(log, 'a'))
      yield* stack.enterContext(new Manager(log, 'b', { error: new Boom() }))
      yield* stack.enterContext(new Manager(log, 'c'))
      yield* outcome(log, 'aclose', stack.close())
    }

    run(main())
  },

  'aclosing() closes its argument'(log) {
    function* main() {
      const closable = new Closable(log, 'a')
      yield* use(aclosing(closable), function* (same) { log('body', same === closable) })
      yield* outcome(log, 'fail', use(aclosing(new Closable(log, 'failed')), function* () { throw new Boom() }))
      yield* withStack(function* (stack) {
        for (const name of 'bcd') yield* stack.enterContext(aclosing(new Closable(log, name)))
      })
      log(now())
    }

    run(main())
  },
}
