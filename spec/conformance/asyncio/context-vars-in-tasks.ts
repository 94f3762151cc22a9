/** Each task and each callback runs in a copy of the context in which it was created (PEP 567). */
import {
  Context, ContextVar, type Coroutine, Task, type Token, copyContext, createTask, eagerTaskFactory, gather,
  getRunningLoop, shield, sleep, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { attempt, turn } from './support/probes.ts'
import { newLoop, run } from './support/virtual.ts'

function fail(): never { throw new Boom() }

export const programs: Programs = {
  'a task has a copy from the moment it was created'(log) {
    function* child() {
      log('child sees', variable.get())
      variable.set('by the child')
      yield* sleep(1)
      log('child sees', variable.get())
    }

    function* main() {
      variable.set('before')
      const task = createTask(child())
      variable.set('after')
      yield* task
      log('main sees', variable.get(), 'the task has', task.getContext()?.get(variable))
    }

    const variable = new ContextVar('variable', { default: 'default' })
    run(main())
  },

  'the main coroutine of run() has a copy too'(log) {
    function* main() {
      log(variable.get())
      variable.set('by main')
    }

    const variable = new ContextVar('variable', { default: 'default' })
    variable.set('before')
    run(main())
    log(variable.get())
  },

  'awaiting a coroutine shares the context'(log) {
    function* callee(depth: number): Coroutine<void> {
      variable.set(variable.get() + 1)
      yield* sleep(1)
      if (depth > 1) yield* callee(depth - 1)
    }

    function* main() {
      yield* callee(3)
      log(variable.get())
      const coroutine = callee(1)
      variable.set(100)
      yield* coroutine
      log(variable.get())
    }

    const variable = new ContextVar('variable', { default: 0 })
    run(main())
  },

  'siblings do not see each other'(log) {
    function* child(name: string) {
      variable.set(name)
      for (let i = 0; i < 2; i++) {
        yield* sleep(1)
        log(name, 'sees', variable.get())
      }
    }

    function* main() {
      yield* gather([child('a'), child('b'), child('c')])
      log('main sees', variable.get())
    }

    const variable = new ContextVar('variable', { default: 'default' })
    run(main())
  },

  'grandchildren inherit from their parents'(log) {
    function* child(name: string, depth: number): Coroutine<void> {
      variable.set(variable.get() + name)
      if (depth > 0) yield* gather([child('l', depth - 1), child('r', depth - 1)])
      else log(variable.get())
    }

    function* main() {
      yield* child('_', 2)
      log(variable.get())
    }

    const variable = new ContextVar('variable', { default: '' })
    run(main())
  },

  'tasks may share a context'(log) {
    function* child(name: string) {
      log(name, 'sees', variable.get())
      variable.set(name)
      yield* sleep(1)
      log(name, 'sees', variable.get())
    }

    function* main() {
      const context = copyContext()
      const [a, b] = [createTask(child('a'), { context }), createTask(child('b'), { context })]
      yield* gather([a, b])
      log(variable.get(), context.get(variable), a.getContext() === context, b.getContext() === context)
    }

    const variable = new ContextVar('variable', { default: 'default' })
    run(main())
  },

  'the context of a task may be entered while the task waits'(log) {
    function* child() {
      variable.set('by the child')
      yield* sleep(1)
      log(variable.get())
    }

    function* main() {
      const task = createTask(child(), { context })
      yield* sleep(0)
      attempt(log, () => context.run(() => variable.get()))
      context.run(() => variable.set('from outside'))
      yield* task
      attempt(log, () => context.run(() => variable.get()))
    }

    const variable = new ContextVar('variable', { default: 'default' })
    const context = new Context()
    run(main())
  },

  'a task created inside run() inherits from there'(log) {
    function* child() { log(variable.get()) }

    function make() {
      variable.set('inside')
      return createTask(child())
    }

    function* main() {
      yield* copyContext().run(make)
      log(variable.get())
    }

    const variable = new ContextVar('variable', { default: 'default' })
    run(main())
  },

  'wait_for() awaits in the same context, shield() creates a task'(log) {
    function* child(value: string) { variable.set(value) }

    function* main() {
      yield* waitFor(child('by wait_for'), 10)
      log(variable.get())
      yield* shield(child('by shield'))
      log(variable.get())
    }

    const variable = new ContextVar('variable', { default: 'default' })
    run(main())
  },

  'a token of one task is refused in another'(log) {
    function* child(token: Token<string>) { attempt(log, () => variable.reset(token)) }

    function* main() {
      const token = variable.set('set')
      yield* createTask(child(token))
      yield* sleep(1)
      yield* child(token)
      log(variable.get())
    }

    const variable = new ContextVar('variable', { default: 'default' })
    run(main())
  },

  'a cancelled task resets what it set, in its own context'(log) {
    function* child() {
      const token = variable.set('by the child')
      try {
        yield* sleep(100)
      } catch {
        log(variable.get())
      } finally {
        variable.reset(token)
      }
      log(variable.get())
    }

    function* main() {
      variable.set('by main')
      const task = createTask(child())
      yield* sleep(1)
      variable.set('changed')
      task.cancel()
      yield* task
    }

    const variable = new ContextVar('variable', { default: 'default' })
    run(main())
  },

  'an eager task has a copy although it begins at once'(log) {
    function* child() {
      log('child sees', variable.get())
      variable.set('by the child')
      log('child sees', variable.get())
      yield* sleep(1)
      log('child sees', variable.get())
    }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      variable.set('by main')
      const task = createTask(child())
      log('main sees', variable.get())
      variable.set('changed')
      yield* task
    }

    const variable = new ContextVar('variable', { default: 'default' })
    run(main())
  },

  'an eager task may be given a context'(log) {
    function* child() { variable.set('by the child') }

    function* main() {
      const context = copyContext()
      const task = new Task(child(), { loop: getRunningLoop(), eagerStart: true, context })
      log(task.done(), variable.get(), context.get(variable), task.getContext() === context)
    }

    const variable = new ContextVar('variable', { default: 'default' })
    run(main())
  },

  'callbacks pass their context on'(log) {
    function link(depth: number) {
      log(depth, variable.get())
      variable.set(depth)
      if (depth < 3) loop.callSoon(link, depth + 1)
      variable.set('never seen')
    }

    const variable = new ContextVar<number | string>('variable', { default: 'default' })
    const loop = newLoop()
    loop.callSoon(link, 0)
    variable.set('set here')
    for (let i = 0; i < 4; i++) turn(loop)
    log(variable.get())
    loop.close()
  },

  'a callback that fails leaves its context'(log) {
    function failing() {
      variable.set('by the callback')
      fail()
    }

    const variable = new ContextVar('variable', { default: 'default' })
    const loop = newLoop()
    const inContext = loop.withContext(copyContext())
    loop.setExceptionHandler((_loop, report) => log('report', report.exception))
    inContext.callSoon(failing)
    loop.callSoon(() => log(variable.get()))
    inContext.callSoon(() => log(variable.get()))
    turn(loop)
    log(variable.get())
    loop.close()
  },

  'timers run in the context in which they were created'(log) {
    function* main() {
      const loop = getRunningLoop()
      for (const value of ['a', 'b']) {
        variable.set(value)
        loop.callLater(10, () => log(variable.get()))
      }
      variable.set('c')
      loop.callAt(5, () => log(variable.get()))
      variable.set('d')
      yield* sleep(20)
    }

    const variable = new ContextVar('variable', { default: 'default' })
    run(main())
  },

  'a done callback runs in the context in which it was added'(log) {
    function* child() { variable.set('by the child') }

    function* main() {
      const task = createTask(child())
      variable.set('by main')
      task.addDoneCallback(() => log('first', variable.get()))
      variable.set('changed')
      task.addDoneCallback(() => log('second', variable.get()))
      task.addDoneCallback(() => log('third', variable.get()), { context: new Context() })
      yield* task
      yield* sleep(0)
    }

    const variable = new ContextVar('variable', { default: 'default' })
    run(main())
  },

  'the number of a request follows it everywhere'(log) {
    function* store(key: string) {
      yield* sleep(3)
      log('request', request.get(), 'stores', key)
    }

    function* handle(number: number) {
      request.set(number)
      yield* sleep(10 - number)
      log('request', request.get(), 'begins')
      yield* gather([store('x'), createTask(store('y')), waitFor(store('z'), 10)])
      log('request', request.get(), 'ends')
    }

    function* main() { yield* gather([0, 1, 2].map(handle)) }

    const request = new ContextVar<number | string>('request', { default: 'none' })
    run(main())
  },
}
