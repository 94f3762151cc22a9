/**
 * A context variable has a value in each context; a token takes a change back, and a context can be copied and entered
 * (PEP 567).
 */
import { Context, ContextVar, Token, copyContext, pyGenerator } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { attempt } from './support/probes.ts'

function fail(): never { throw new Boom() }

export const programs: Programs = {
  'get() gives the value, else the fallback, else the default'(log) {
    const plain = new ContextVar<string>('plain')
    const rich = new ContextVar('rich', { default: 'default' })
    log(plain.get('fallback'), rich.get('fallback'), rich.get())
    plain.set('set')
    rich.set('set')
    log(plain.get('fallback'), rich.get('fallback'), rich.get())
  },

  'without value, fallback and default it raises LookupError'(log) {
    const variable = new ContextVar<string>('variable')
    attempt(log, () => variable.get())
    const token = variable.set('set')
    attempt(log, () => variable.get())
    variable.reset(token)
    attempt(log, () => variable.get())
  },

  'None is a value like any other'(log) {
    const variable = new ContextVar<string | undefined>('variable', { default: 'default' })
    variable.set(undefined)
    log(variable.get(), variable.get('fallback'), copyContext().has(variable))
  },

  'two variables of the same name are different'(log) {
    const one = new ContextVar('name', { default: 'none' })
    const two = new ContextVar('name', { default: 'none' })
    one.set('one')
    log(one.name, two.name, one.get(), two.get())
  },

  'reset() restores the value from before set()'(log) {
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

  'a token works once'(log) {
    const variable = new ContextVar('variable', { default: 'default' })
    const token = variable.set('set')
    attempt(log, () => variable.reset(token))
    attempt(log, () => variable.reset(token))
    log(variable.get())
  },

  'a token of another variable is refused, and stays valid'(log) {
    const one = new ContextVar('one', { default: 'none' })
    const two = new ContextVar('two', { default: 'none' })
    const token = one.set('one')
    attempt(log, () => two.reset(token))
    attempt(log, () => one.reset(token))
    log(one.get(), two.get())
  },

  'a token of another context is refused, and stays valid'(log) {
    const variable = new ContextVar('variable', { default: 'none' })
    const token = variable.set('set')
    const copy = copyContext()
    attempt(log, () => copy.run(() => variable.reset(token)))
    attempt(log, () => variable.reset(token))
    log(variable.get(), copy.get(variable))
  },

  'a used token says first that it has been used'(log) {
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

  'a context is a mapping, which does not contain defaults'(log) {
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

  'what is set inside run() stays in that context'(log) {
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

  'a context can be entered only once at a time, but a copy of it can be entered meanwhile'(log) {
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
}
