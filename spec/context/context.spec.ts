import type * as Library from '../../lib/index.ts'
import { Context, ContextVar, LookupError, RuntimeError, Token, ValueError, copyContext, getCurrent, greenlet } from '../../lib/index.ts'

describe('context variables', () => {
  it('have a value, a fallback or a default, in this order', () => {
    const bare = new ContextVar<string>('bare')
    const rich = new ContextVar<string | undefined>('rich', { default: 'default' })
    expect([bare.get('fallback'), rich.get(), rich.get('fallback'), String(rich)]).toEqual(
      ['fallback', 'default', 'fallback', "ContextVar('rich')"])
    expect(() => bare.get()).toThrow(LookupError)
    const token = rich.set(undefined)
    expect(rich.get('fallback')).toBe(undefined)
    rich.reset(token)
    expect(rich.get()).toBe('default')
  })

  it('are put back by their token, once, in the context and for the variable that made it', () => {
    const a = new ContextVar<number>('a')
    const b = new ContextVar<number>('b')
    const first = a.set(1)
    const second = a.set(2)
    expect([first.oldValue, second.oldValue, second.variable]).toEqual([Token.MISSING, 1, a])
    expect(() => { b.reset(second) }).toThrow(ValueError)
    expect(() => { new Context().run(() => { a.reset(second) }) }).toThrow(ValueError)
    a.reset(second)
    expect(a.get()).toBe(1)
    expect(() => { a.reset(second) }).toThrow(RuntimeError)
    a.reset(first)
    expect(a.get('none' as never)).toBe('none')
  })

  it('live in a context, which is a mapping from outside and can be entered once', () => {
    const a = new ContextVar<number>('a')
    const b = new ContextVar<number>('b')
    const context = new Context()
    expect(context.run((n: number) => {
      a.set(n)
      expect(() => context.run(() => 0)).toThrow(RuntimeError)
      return a.get()
    }, 5)).toBe(5)
    expect(String(context)).toBe('<Context size=1>')
    expect([context.size, [...context], [...context.entries()], context.get(a), context.get(b), context.get(b, 'none'), context.has(b)])
      .toEqual([1, [a], [[a, 5]], 5, undefined, 'none', false])
    expect(a.get(0)).toBe(0)
  })

  it('are copied with their context, and then apart', () => {
    const a = new ContextVar<number>('a')
    const outer = new Context()
    outer.run(() => {
      a.set(1)
      const copy = copyContext()
      a.set(2)
      expect([copy.get(a), copy.run(() => a.get()), a.get()]).toEqual([1, 1, 2])
    })
    expect(new Context().run(() => copyContext()).size).toBe(0)
  })

  it('are each greenlet\'s own: a new one begins with none (G28)', () => {
    const a = new ContextVar<string>('a', { default: 'default' })
    const main = getCurrent()
    const token = a.set('main')
    const log: unknown[] = []
    const g = greenlet(function* () {
      log.push(getCurrent().context, a.get())
      a.set('g')
      yield* main.switch()
      log.push(a.get(), getCurrent().context === g.context)
    })
    g.resume()
    log.push(a.get(), g.context?.get(a))
    g.resume()
    const shared = greenlet(() => { log.push(a.get()) })
    shared.context = main.context
    shared.resume()
    a.reset(token)
    expect(log).toEqual([null, 'default', 'main', 'g', 'g', true, 'main'])
  })

  it('of host code stay when the first greenlet is made', () => {
    jest.isolateModules(() => {
      const fresh = require('../../lib/index.ts') as typeof Library
      const a = new fresh.ContextVar<string>('a')
      a.set('before')
      expect(fresh.copyContext().get(a)).toBe('before')
      fresh.greenlet(() => 1)
      expect(a.get()).toBe('before')
      expect(fresh.getCurrent().context?.get(a)).toBe('before')
    })
  })
})

it('a token tells whether it was used', () => {
  const name = new ContextVar<string>('name')
  const log: string[] = []
  copyContext().run(() => {
    const token = name.set('tea')
    log.push(String(token))
    name.reset(token)
    log.push(String(token))
  })
  expect(log).toEqual(["<Token var=ContextVar('name')>", "<Token used var=ContextVar('name')>"])
})
