import {
  AttributeError, type Coroutine, GeneratorExit, Greenlet, GreenletExit, ValueError, getCurrent, greenlet, yieldFrom,
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

  it('takes errors: an instance, a class, a class with a message, anything else that can be thrown', () => {
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
    g.resumeThrow('a string')
    g.resumeThrow(Error)
    g.resumeThrow()
    greenlet(function* () { yield* g.throw(mine) }).resume()
    expect(log).toEqual([mine, new RangeError(), new RangeError('with words'), 'a string', new Error(), expect.any(GreenletExit), mine])
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

  it('closes what its outermost frame delegates to, when GeneratorExit is thrown in', () => {
    // Python's `yield from` does the same for throw(GeneratorExit).
    const log: unknown[] = []
    const exit = new GeneratorExit('mine')
    const main = getCurrent()
    const body = (cleanup: () => void) => function* () {
      function* inner(): Coroutine<void> {
        try {
          yield* main.switch()
        } catch (error) {
          log.push(['inner', error === exit])
          cleanup()
        }
      }
      try {
        yield* yieldFrom(inner())
      } catch (error) {
        log.push(['outer', error === exit ? 'the exit' : (error as Error).message])
      }
    }
    for (const cleanup of [() => {}, () => { throw new Error('instead') }]) {
      const g = greenlet(body(cleanup))
      g.resume()
      g.resumeThrow(exit)
      expect(g.dead).toBe(true)
    }
    const flat = greenlet(function* () {
      try {
        yield* main.switch()
      } catch (error) {
        log.push(['flat', error === exit])
      }
    })
    flat.resume()
    flat.resumeThrow(exit)
    expect(log).toEqual([
      ['inner', false], ['outer', 'the exit'], ['inner', false], ['outer', 'instead'], ['flat', true],
    ])
  })
})
