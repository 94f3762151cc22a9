import type * as Library from '../../lib/index.ts'
import {
  AttributeError, type Coroutine, GeneratorExit, Greenlet, GreenletExit, ValueError, coroutine,
  getCurrent, greenlet, yieldFrom,
} from '../../lib/index.ts'

describe('a greenlet', () => {
  it('prints what it is and how it is', () => {
    const main = getCurrent()
    const log = [String(main), String(greenlet())]
    const g: Greenlet = greenlet(function* worker() {
      log.push(String(g), String(main))
      yield* main.switch()
    })
    log.push(String(g))
    g.resume()
    log.push(String(g))
    g.resume()
    log.push(String(g))
    expect(log).toEqual([
      '<Greenlet current active started main>', '<Greenlet pending>', '<Greenlet worker pending>',
      '<Greenlet worker current active started>', '<Greenlet suspended active started main>',
      '<Greenlet worker suspended active started>', '<Greenlet dead>',
    ])
  })

  it('goes by the name of its outermost function, wherever in it it waits', () => {
    const main = getCurrent()
    function* deep() { yield* main.switch() }
    const g = greenlet(function* worker() { yield* yieldFrom(deep()) })
    g.resume()
    expect([String(g), g.frames.map(frame => frame.name)]).toEqual(
      ['<Greenlet worker suspended active started>', ['worker', 'deep']])
  })

  it('may run a function made by coroutine()', () => {
    const main = getCurrent()
    const g = greenlet(coroutine(function* worker(word: string): Coroutine<unknown> {
      return [word, yield* main.switch('waits')]
    }))
    expect([g.resume('begin'), g.frames.map(frame => frame.name), g.resume('end')]).toEqual(
      ['waits', ['worker'], ['begin', 'end']])
  })

  it('may have its run in a subclass, as a method, and be subclassed with more', () => {
    class Worker extends Greenlet {
      constructor(readonly job: string) { super() }

      override* run(word: string) { return `${this.job}: ${String(yield* this.parent?.switch(word) ?? [])}` }
    }
    const worker = new Worker('digging')
    expect([worker.resume('begin'), worker.resume('end'), worker.dead]).toEqual(['begin', 'digging: end', true])
  })

  it('loses its run when it starts, and takes no other', () => {
    const g = greenlet(function* first() {})
    g.run = function* second() { yield* getCurrent().parent?.switch() ?? [] }
    expect(Reflect.get(g, 'run')).toHaveProperty('name', 'second')
    g.resume()
    expect(() => void g.run).toThrow(AttributeError)
    expect(() => { g.run = function* () {} }).toThrow(new AttributeError('run cannot be set after the start of the greenlet'))
  })

  it('may lose its run before it starts', () => {
    const g = greenlet(() => 'never')
    g.run = undefined as never
    expect(() => g.resume()).toThrow(AttributeError)
    g.run = () => 'now it has one'
    expect(g.resume()).toBe('now it has one')
  })

  it('cannot be its own ancestor', () => {
    const a = greenlet(() => 'a')
    const b = greenlet(() => 'b', a)
    expect(() => { a.parent = b }).toThrow(new ValueError('cyclic parent chain'))
    expect(() => { a.parent = a }).toThrow('cyclic parent chain')
    expect([a.parent, b.parent]).toEqual([getCurrent(), a])
  })

  it('starts its parent with what it ends with', () => {
    const parent = greenlet(function* (...args: unknown[]) { return ['parent got', ...args] })
    const child = greenlet(() => [1, 2], parent)
    expect(child.resume()).toEqual(['parent got', [1, 2]])
  })

  it('takes errors: an instance, a class, a class with a message or an instance, anything else that can be thrown', () => {
    const log: unknown[] = []
    const g = greenlet(function* (): Coroutine<void> {
      for (;;) {
        try {
          yield* main.switch()
        } catch (error) {
          log.push(error)
        }
      }
    })
    const main = getCurrent()
    g.resume()
    const mine = new Error('mine')
    g.resumeThrow(mine)
    g.resumeThrow(RangeError)
    g.resumeThrow(RangeError, 'with words')
    g.resumeThrow(Error, mine)
    g.resumeThrow('a string')
    g.resumeThrow(Error)
    g.resumeThrow()
    greenlet(function* () { yield* g.throw(mine) }).resume()
    expect(log).toEqual([
      mine, new RangeError(), new RangeError('with words'), mine, 'a string', new Error(), expect.any(GreenletExit), mine,
    ])
    expect([log[0], log[3], log[7]].map(error => error === mine)).toEqual([true, true, true])
  })

  describe('killed', () => {
    it('runs its finally, and control comes back to the killer, whoever the parent is', () => {
      const log: unknown[] = []
      const parent = greenlet(() => { log.push('never') })
      const g = greenlet(function* () {
        try {
          yield* main.switch()
        } catch (error) {
          log.push(error instanceof GreenletExit)
          throw error
        } finally {
          log.push('finally')
        }
      }, parent)
      const main = getCurrent()
      g.resume()
      const dispose: typeof Symbol.dispose = ((Symbol as { dispose?: symbol }).dispose ?? Symbol.for('Symbol.dispose')) as typeof Symbol.dispose
      g[dispose]()
      expect([log, g.dead, g.parent === parent, parent.dead]).toEqual([[true, 'finally'], true, true, false])
      expect(g.kill()).toBe(undefined)
    })

    it('by using, in an engine that does not know Symbol.dispose, through the symbol of its polyfills', () => {
      const { Symbol: known } = globalThis
      const older = Object.setPrototypeOf((words: string) => known(words), known) as typeof known
      Object.defineProperty(older, 'dispose', { value: undefined })
      const log: unknown[] = []
      jest.isolateModules(() => {
        globalThis.Symbol = older
        try {
          const fresh = require('../../lib/index.ts') as typeof Library
          const main = fresh.getCurrent()
          const g = fresh.greenlet(function* () {
            try {
              yield* main.switch()
            } finally {
              log.push('finally')
            }
          })
          g.resume()
          g[known.for('Symbol.dispose') as typeof Symbol.dispose]()
          log.push(g.dead)
        } finally {
          globalThis.Symbol = known
        }
      })
      expect(log).toEqual(['finally', true])
    })

    it('before it starts, never does', () => {
      const g = greenlet(() => { throw new Error('never') })
      g.kill()
      expect([g.dead, g.active]).toEqual([true, false])
    })

    it('throws what it ends with instead', () => {
      const g = greenlet(function* () {
        try {
          yield* main.switch()
        } finally {
          throw new Error('in the clean-up')
        }
      })
      const main = getCurrent()
      g.resume()
      expect(() => { g.kill() }).toThrow('in the clean-up')
    })

    it('and living on, is an error', () => {
      const g = greenlet(function* stubborn() {
        try {
          yield* main.switch()
        } catch {
          yield* main.switch('still here')
        }
      })
      const main = getCurrent()
      g.resume()
      expect(() => { g.kill() }).toThrow(expect.objectContaining({ code: 'SURVIVED_KILL' }))
      expect([g.dead, g.parent === main]).toEqual([false, true])
    })
  })

  it('gets a GeneratorExit where it waits, as any error', () => {
    const log: unknown[] = []
    const main = getCurrent()
    const exit = new GeneratorExit('mine')
    function* inner(): Coroutine<string> {
      try {
        yield* main.switch()
      } catch (error) {
        log.push(error === exit)
        log.push(yield* main.switch('on the way'))
      }
      return 'survived'
    }
    const g = greenlet(function* () { return yield* yieldFrom(inner()) })
    g.resume()
    log.push(g.resumeThrow(exit), g.resume('go on'), g.dead)
    expect(log).toEqual([true, 'go on', 'on the way', 'survived', true])
  })
})
