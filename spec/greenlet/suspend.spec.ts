import { type Greenlet, type RuntimeError, getCurrent, greenlet, pyGenerator, runMain, suspend } from '../../lib/index.ts'

describe('suspend()', () => {
  it('gives control back to the plain code that drives, until somebody resumes it', () => {
    const log: unknown[] = []
    let wake: (value: string) => void = () => undefined
    const g = greenlet(function* () {
      log.push('waits')
      log.push(yield* suspend<string>(resume => { wake = resume }))
      return 'done'
    })
    log.push(g.resume(), g.dead, g.frames.length)
    wake('woken')
    log.push(g.dead)
    wake('too late')
    expect(log).toEqual(['waits', undefined, false, 1, 'woken', true])
  })

  it('raises an error that it is woken with', () => {
    let fail: (error: unknown) => void = () => undefined
    const g = greenlet(function* () {
      try {
        yield* suspend((_, raise) => { fail = raise })
      } catch (error) {
        return (error as Error).message
      }
      return 'never'
    })
    g.resume()
    fail(new Error('no luck'))
    expect(g.dead).toBe(true)
  })

  it('throws at the waker what the greenlet ends with', () => {
    let wake: () => void = () => undefined
    greenlet(function* () {
      yield* suspend(resume => { wake = resume })
      throw new RangeError('afterwards')
    }).resume()
    expect(() => { wake() }).toThrow('afterwards')
  })

  it('does not wait at all when it is answered while it registers', () => {
    const log: unknown[] = []
    const result = greenlet(function* () {
      log.push(yield* suspend<string>(resume => { resume('at once') }))
      try {
        yield* suspend((_, raise) => { raise(new Error('error at once')) })
      } catch (error) {
        log.push((error as Error).message)
      }
      return 'done'
    }).resume()
    expect([log, result]).toEqual([['at once', 'error at once'], 'done'])
  })

  it('raises at the wait what the registration throws', () => {
    expect(greenlet(function* () {
      try {
        yield* suspend(() => { throw new RangeError('cannot register') })
      } catch (error) {
        return (error as Error).message
      }
      return 'never'
    }).resume()).toBe('cannot register')
  })

  it('is undone when an error is thrown into the wait, and then nobody can wake it', () => {
    const log: unknown[] = []
    let wake: () => void = () => undefined
    const g = greenlet(function* () {
      try {
        yield* suspend(resume => {
          wake = resume
          return () => { log.push('undone') }
        })
      } catch (error) {
        log.push((error as Error).message)
      }
      yield* main.switch('goes on')
    })
    const main = getCurrent()
    g.resume()
    log.push(g.resumeThrow(new Error('interrupted')))
    wake()
    expect([log, g.dead]).toEqual([['undone', 'interrupted', 'goes on'], false])
  })

  it('needs no undo', () => {
    const g = greenlet(function* () { yield* suspend(() => undefined) })
    g.resume()
    g.kill()
    expect(g.dead).toBe(true)
  })

  it('cannot be switched out of with a value: only its waker has that', () => {
    const g: Greenlet = greenlet(function* sleeper() { return yield* suspend(() => undefined) })
    g.resume()
    expect(() => g.resume('value')).toThrow(expect.objectContaining({ code: 'WAITING' }))
    const other = greenlet(function* () {
      try {
        yield* g.switch('value')
      } catch (error) {
        return (error as Error).message
      }
      return 'never'
    })
    expect(other.resume()).toContain('it waits for a suspend()')
    expect(g.dead).toBe(false)
  })

  it('is climbed past by what a child ends with', () => {
    const child = greenlet(function* () { return 'from the child' })
    const parent = greenlet(function* () {
      child.parent = getCurrent()
      yield* suspend(() => undefined)
    })
    parent.resume()
    expect(child.resume()).toBe('from the child')
  })

  it('may be waited for again and again', () => {
    const wakers: ((n: number) => void)[] = []
    const log: unknown[] = []
    const g = greenlet(function* () {
      const tick = suspend<number>(resume => { wakers.push(resume) })
      for (let n = 0; n < 3; n++) log.push(yield* tick)
    })
    g.resume()
    for (const n of [0, 1, 2]) wakers[n]?.(n)
    wakers[0]?.(9)
    expect([log, g.dead]).toEqual([[0, 1, 2], true])
  })

  it('is an error where plain code needs a result', () => {
    const cannot = expect.objectContaining({ name: 'RuntimeError', code: 'CANNOT_WAIT' }) as RuntimeError
    expect(() => runMain(function* () { yield* suspend(() => undefined) })).toThrow(cannot)
    const g = pyGenerator(function* () { yield 1; yield* suspend(() => undefined) })
    g.next()
    expect(() => g.next()).toThrow(cannot)
  })

  it('will not wake for somebody who has forgotten a switch(), and can be woken after', () => {
    let wake: () => void = () => undefined
    const g = greenlet(function* () { yield* suspend(resume => { wake = resume }) })
    g.resume()
    const clumsy = greenlet(function* () {
      g.switch()
      wake()
    })
    expect(() => clumsy.resume()).toThrow(expect.objectContaining({ code: 'SWITCH_NOT_YIELDED' }))
    expect(g.dead).toBe(false)
    wake()
    expect(g.dead).toBe(true)
  })
})
