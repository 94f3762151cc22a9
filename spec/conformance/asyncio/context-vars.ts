/** Context variables: each task and each callback has a copy of the context in which it was made. */
import {
  Context, ContextVar, type Coroutine, Task, Token, copyContext, createTask, eagerTaskFactory, gather, getRunningLoop,
  pyGenerator, shield, sleep, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, turn } from './support/probes.ts'
import { newLoop, run } from './support/virtual.ts'

class Boom extends Error {}

function fail(): never { throw new Boom() }

export const programs: Programs = {
  'get() gives what was set, else the fallback, else the default'(log) {
    const plain = new ContextVar<string>('plain')
    const rich = new ContextVar('rich', { default: 'default' })
    log(plain.get('fallback'), rich.get('fallback'), rich.get())
    plain.set('set')
    rich.set('set')
    log(plain.get('fallback'), rich.get('fallback'), rich.get())
  },

  'without any of them it is a LookupError'(log) {
    const variable = new ContextVar<string>('variable')
    attempt(log, () => variable.get())
    const token = variable.set('set')
    attempt(log, () => variable.get())
    variable.reset(token)
    attempt(log, () => variable.get())
  },

  'None is a value like others'(log) {
    const variable = new ContextVar<string | undefined>('variable', { default: 'default' })
    variable.set(undefined)
    log(variable.get(), variable.get('fallback'), copyContext().has(variable))
  },

  'two variables of one name are two'(log) {
    const one = new ContextVar('name', { default: 'none' })
    const two = new ContextVar('name', { default: 'none' })
    one.set('one')
    log(one.name, two.name, one.get(), two.get())
  },

  'reset() puts back what was there before the set()'(log) {
    const variable = new ContextVar('variable', { default: 'default' })
    const first = variable.set('first')
    const second = variable.set('second')
    variable.reset(second)
    log(variable.get())
    variable.reset(first)
    log(variable.get(), copyContext().has(variable))
  },

  'tokens may be used in any order'(log) {
    const variable = new ContextVar('variable', { default: 'default' })
    const first = variable.set('first')
    const second = variable.set('second')
    const third = variable.set('third')
    variable.reset(first)
    log(variable.get())
    variable.reset(third)
    log(variable.get())
    variable.reset(second)
    log(variable.get())
  },

  'a token knows its variable, and the value from before'(log) {
    const variable = new ContextVar('variable', { default: 'default' })
    const first = variable.set('first')
    const second = variable.set('second')
    log(first.variable === variable, first.oldValue === Token.MISSING, second.oldValue)
  },

  'a token is good for one reset()'(log) {
    const variable = new ContextVar('variable', { default: 'default' })
    const token = variable.set('set')
    attempt(log, () => variable.reset(token))
    attempt(log, () => variable.reset(token))
    log(variable.get())
  },

  'a token of another variable is refused, and stays good'(log) {
    const one = new ContextVar('one', { default: 'none' })
    const two = new ContextVar('two', { default: 'none' })
    const token = one.set('one')
    attempt(log, () => two.reset(token))
    attempt(log, () => one.reset(token))
    log(one.get(), two.get())
  },

  'a token of another context is refused, and stays good'(log) {
    const variable = new ContextVar('variable', { default: 'none' })
    const token = variable.set('set')
    const copy = copyContext()
    attempt(log, () => copy.run(() => variable.reset(token)))
    attempt(log, () => variable.reset(token))
    log(variable.get(), copy.get(variable))
  },

  'of a used token, that it is used is said first'(log) {
    const one = new ContextVar<string>('one')
    const two = new ContextVar<string>('two')
    const token = one.set('one')
    one.reset(token)
    attempt(log, () => two.reset(token))
    attempt(log, () => new Context().run(() => one.reset(token)))
  },

  'a copy of the context is a snapshot'(log) {
    const variable = new ContextVar('variable', { default: 'default' })
    variable.set('before')
    const copy = copyContext()
    variable.set('after')
    log(copy.get(variable), variable.get(), copy.run(() => variable.get()))
  },

  'a context is a mapping, in which defaults do not count'(log) {
    function body() {
      one.set(1)
      two.set(2)
      const context = copyContext()
      log(context.size, context.has(one), context.has(three))
      log(context.get(one), context.get(three), context.get(three, 'fallback'))
      log(Array.from(context, variable => variable.name).sort())
      log(Array.from(context.entries(), ([variable, value]) => [variable.name, value]).sort())
    }

    const one = new ContextVar<number>('one')
    const two = new ContextVar<number>('two')
    const three = new ContextVar('three', { default: 3 })
    new Context().run(body)
  },

  'a new context is empty'(log) {
    const variable = new ContextVar('variable', { default: 'default' })
    variable.set('set')
    const context = new Context()
    log(context.size, context.has(variable), context.run(() => variable.get()), context.run(() => copyContext().size))
  },

  'what is set inside of run() stays in that context'(log) {
    function body(value: string) {
      log(variable.get())
      variable.set(value)
      return 'returned'
    }

    const variable = new ContextVar('variable', { default: 'default' })
    const context = copyContext()
    log(context.run(body, 'one'), context.run(body, 'two'))
    log(context.get(variable), variable.get(), context.run(() => variable.get()))
  },

  'a context can be entered once at a time, a copy of it in between'(log) {
    function body() {
      variable.set('inside')
      attempt(log, () => context.run(() => variable.get()))
      attempt(log, () => context.copy().run(() => variable.get()))
      attempt(log, () => copyContext().run(() => variable.get()))
    }

    const variable = new ContextVar('variable', { default: 'default' })
    const context = new Context()
    context.run(body)
    attempt(log, () => context.run(() => variable.get()))
  },

  'an error leaves the context too'(log) {
    const variable = new ContextVar('variable', { default: 'default' })
    const context = new Context()
    attempt(log, () => context.run(fail))
    attempt(log, () => { context.run(() => variable.set('inside')); return context.run(() => variable.get()) })
    log(variable.get())
  },

  'contexts nest'(log) {
    function body(depth: number) {
      variable.set(depth)
      if (depth < 3) contexts[depth]?.run(body, depth + 1)
      log(variable.get(), contexts.map(context => context.get(variable, 0)))
    }

    const variable = new ContextVar<number>('variable')
    const contexts = [new Context(), new Context(), new Context()]
    body(0)
  },

  'a generator has no context of its own'(log) {
    function* values() {
      variable.set('by the generator')
      yield variable.get()
      yield variable.get()
    }

    const variable = new ContextVar('variable', { default: 'default' })
    const generator = pyGenerator(values())
    log(generator.next().value, variable.get())
    variable.set('by the caller')
    log(generator.next().value)
    generator.close()
  },

  'a task has a copy from the moment at which it was made'(log) {
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

  'what run() runs has a copy, too'(log) {
    function* main() {
      log(variable.get())
      variable.set('by main')
    }

    const variable = new ContextVar('variable', { default: 'default' })
    variable.set('before')
    run(main())
    log(variable.get())
  },

  'a coroutine that is awaited shares the context'(log) {
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

  'a task made inside of run() inherits from there'(log) {
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

  'wait_for() awaits in the same context, shield() makes a task'(log) {
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

  'a cancelled task puts back what it set, in its own context'(log) {
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

  'an eager task has a copy, though it begins at once'(log) {
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

  'an eager task may be given its context'(log) {
    function* child() { variable.set('by the child') }

    function* main() {
      const context = copyContext()
      const task = new Task(child(), { loop: getRunningLoop(), eagerStart: true, context })
      log(task.done(), variable.get(), context.get(variable), task.getContext() === context)
    }

    const variable = new ContextVar('variable', { default: 'default' })
    run(main())
  },

  'callbacks hand their context on'(log) {
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

  'timers have the context in which they were made'(log) {
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

  'a done callback has the context in which it was added'(log) {
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

  'a request has its number wherever it goes'(log) {
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
