/** An exit stack holds any number of managers, and leaves them in the opposite order. */
import {
  type ContextManager, type Coroutine, ExitStack, TaskGroup, aclosing, createTask, currentTask, gather, getRunningLoop,
  sleep, timeout, use,
} from '../../../lib/index.ts'
import type { Log, Programs } from '../programs.ts'
import { ending } from './support/groups.ts'
import { run } from './support/virtual.ts'
import { outcome } from './support/witness.ts'

class Boom extends Error {}
class Bang extends Error {}

/** Logs how it is entered and left. It may swallow what it is told of, or fail itself. */
class Manager implements ContextManager<string> {
  constructor(
    private readonly log: Log,
    readonly name: string,
    private readonly options: { readonly swallows?: boolean, readonly error?: Error } = {},
  ) {}

  *enter(): Coroutine<string> {
    this.log('enter', this.name)
    return this.name
  }

  *exit(error?: unknown): Coroutine<boolean> {
    this.log('exit', this.name, error)
    if (this.options.error !== undefined) throw this.options.error
    return this.options.swallows === true
  }
}

class Closable {
  constructor(private readonly log: Log, readonly name: string) {}

  *aclose(): Coroutine<void> {
    yield* sleep(1)
    this.log('close', this.name)
  }
}

function now(): number { return getRunningLoop().time() }

/** Python's `async with AsyncExitStack() as stack`. */
function withStack<T>(body: (stack: ExitStack) => Coroutine<T>): Coroutine<T> { return use(new ExitStack(), body) }

export const programs: Programs = {
  'managers are left in the opposite order'(log) {
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

  'each is told of the error'(log) {
    run(outcome(log, 'stack', withStack(function* (stack) {
      for (const name of 'abc') yield* stack.enterContext(new Manager(log, name))
      throw new Boom()
    })))
  },

  'who swallows the error, keeps it from the others'(log) {
    run(outcome(log, 'stack', withStack(function* (stack) {
      yield* stack.enterContext(new Manager(log, 'a'))
      yield* stack.enterContext(new Manager(log, 'b', { swallows: true }))
      yield* stack.enterContext(new Manager(log, 'c'))
      throw new Boom()
    })))
  },

  'to swallow nothing is nothing'(log) {
    run(outcome(log, 'stack', withStack(function* (stack) {
      yield* stack.enterContext(new Manager(log, 'a', { swallows: true }))
      return 'result'
    })))
  },

  'an error at an exit takes the place of the one before'(log) {
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

  'it may be swallowed further out'(log) {
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

  'swallowed, and then a new one'(log) {
    run(outcome(log, 'stack', withStack(function* (stack) {
      yield* stack.enterContext(new Manager(log, 'a', { error: new Bang() }))
      yield* stack.enterContext(new Manager(log, 'b', { swallows: true }))
      throw new Boom()
    })))
  },

  'every error replaces the one before it'(log) {
    run(outcome(log, 'stack', withStack(function* (stack) {
      yield* stack.enterContext(new Manager(log, 'a', { error: new Boom() }))
      yield* stack.enterContext(new Manager(log, 'b', { error: new Bang() }))
      yield* stack.enterContext(new Manager(log, 'c', { error: new Boom() }))
      yield* stack.enterContext(new Manager(log, 'd', { error: new Bang() }))
    })))
  },

  'who cannot be entered is not left, but those before'(log) {
    class Failing extends Manager {
      override *enter(): Coroutine<string> { throw new Boom() }
    }

    run(outcome(log, 'stack', withStack(function* (stack) {
      yield* stack.enterContext(new Manager(log, 'a'))
      yield* stack.enterContext(new Failing(log, 'b'))
      log('never here')
    })))
  },

  'push() takes a function that is told of the error'(log) {
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

  'such a function may swallow the error'(log) {
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

  'push() takes a manager that has been entered elsewhere'(log) {
    function* main() {
      const manager = new Manager(log, 'a')
      yield* withStack(function* (stack) {
        log(stack.push(manager) === manager)
        log('body')
      })
    }

    run(main())
  },

  'what is neither is refused'(log) {
    function* main() {
      yield* withStack(function* (stack) { yield* outcome(log, 'enter', stack.enterContext(7 as never)) })
    }

    run(main())
  },

  'callbacks have their arguments'(log) {
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

  'an error of a callback is an error'(log) {
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

  'a callback may be there several times'(log) {
    function* main() {
      yield* withStack(function* (stack) { for (const n of [0, 1, 2]) stack.callback(log, n) })
    }

    run(main())
  },

  'what is pushed while it is left is left, too'(log) {
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
      yield* use(other, function* () { log('body of the other') })
      log('after')
    }

    run(main())
  },

  'so what is made in several steps is kept only when all of them succeed'(log) {
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
      yield* stack.close()
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

  'aclose() in the body leaves nothing for the end'(log) {
    function* main() {
      yield* withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a'))
        yield* stack.close()
        log('body')
      })
    }

    run(main())
  },

  'an error of aclose() comes out, when all have been left'(log) {
    function* main() {
      const stack = new ExitStack()
      yield* stack.enterContext(new Manager(log, 'a'))
      yield* stack.enterContext(new Manager(log, 'b', { error: new Boom() }))
      yield* stack.enterContext(new Manager(log, 'c'))
      yield* outcome(log, 'aclose', stack.close())
    }

    run(main())
  },

  'a stack in a stack'(log) {
    run(outcome(log, 'stack', withStack(function* (outer) {
      yield* outer.enterContext(new Manager(log, 'a'))
      const inner = yield* outer.enterContext(new ExitStack())
      yield* inner.enterContext(new Manager(log, 'b', { swallows: true }))
      yield* outer.enterContext(new Manager(log, 'c'))
      yield* inner.enterContext(new Manager(log, 'd'))
      throw new Boom()
    })))
  },

  'exits may take their time'(log) {
    function* main() {
      yield* withStack(function* (stack) {
        for (const n of [1, 2, 3]) {
          stack.callback(sleep, n * 10)
          stack.callback(() => log(now()))
        }
      })
      log('after', now())
    }

    run(main())
  },

  'a cancellation goes through it'(log) {
    function* child() {
      yield* withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a'))
        stack.callback(sleep, 10)
        yield* stack.enterContext(new Manager(log, 'b'))
        yield* sleep(100)
      })
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'task', task)
      log(now())
    }

    run(main())
  },

  'cancelled while it is left, it goes on leaving'(log) {
    function* child() {
      yield* withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a'))
        stack.callback(sleep, 100)
        yield* stack.enterContext(new Manager(log, 'b'))
        throw new Boom()
      })
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'task', task)
      log(now())
    }

    run(main())
  },

  'who swallows a cancellation goes on, and has it counted'(log) {
    function* child() {
      yield* withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a', { swallows: true }))
        yield* sleep(100)
      })
      log('after', currentTask()?.cancelling())
      return 'result'
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'a timeout in a stack'(log) {
    function* main() {
      yield* outcome(log, 'stack', withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a'))
        yield* stack.enterContext(timeout(10))
        yield* stack.enterContext(new Manager(log, 'b'))
        yield* sleep(100)
      }))
      log(now(), currentTask()?.cancelling())
    }

    run(main())
  },

  'a task group in a stack'(log) {
    function* child() {
      yield* sleep(5)
      throw new Boom()
    }

    function* main() {
      yield* ending(log, 'stack', withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a'))
        const group = yield* stack.enterContext(new TaskGroup())
        group.createTask(child())
        yield* stack.enterContext(new Manager(log, 'b'))
        yield* sleep(100)
      }))
      log(now(), currentTask()?.cancelling())
    }

    run(main())
  },

  'aclosing() closes what it is given'(log) {
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

  'several tasks, each with a stack of its own'(log) {
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

  'as many as needed'(log) {
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
