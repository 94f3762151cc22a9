import { GeneratorExit, type PyGenerator, coroutine, greenlet, pyGenerator, yieldFrom } from '../../lib/index.ts'

/** Y14: what a generator says about itself, asked from outside and from the middle of it. */
describe('what can be seen of a generator', () => {
  const log: unknown[] = []
  const known = new Map<object | null, string>([[null, 'none']])
  const know = <T extends object>(name: string, iterator: T): T => {
    known.set(iterator, name)
    return iterator
  }
  const look = (when: string, g: PyGenerator) => {
    log.push([when, g.state, known.get(g.yieldingFrom), g.stack.map(frame => frame.name)])
  }

  beforeEach(() => { log.length = 0 })

  it('is its delegate and all frames, at every moment of a drive', () => {
    function* low() {
      look('low', outer)
      look('low, of mid', middle)
      yield 'leaf'
      look('low again', outer)
    }
    const inner = know('low', low())
    const middle: PyGenerator = know('mid', pyGenerator(function* mid() {
      look('mid', outer)
      yield* yieldFrom(inner)
      look('mid again', outer)
      look('mid again, of itself', middle)
    }))
    const outer: PyGenerator = pyGenerator(function* top() {
      look('top', outer)
      yield* yieldFrom(middle)
      look('top again', outer)
    })
    look('before', outer)
    outer.next()
    look('waiting', outer)
    outer.next()
    look('after', outer)
    expect(log).toEqual([
      ['before', 'GEN_CREATED', 'none', ['top']],
      ['top', 'GEN_RUNNING', 'none', ['top']],
      ['mid', 'GEN_RUNNING', 'mid', ['top', 'mid']],
      ['low', 'GEN_RUNNING', 'mid', ['top', 'mid', 'low']],
      ['low, of mid', 'GEN_RUNNING', 'low', ['mid', 'low']],
      ['waiting', 'GEN_SUSPENDED', 'mid', ['top', 'mid', 'low']],
      ['low again', 'GEN_RUNNING', 'mid', ['top', 'mid', 'low']],
      ['mid again', 'GEN_RUNNING', 'mid', ['top', 'mid']],
      ['mid again, of itself', 'GEN_RUNNING', 'none', ['mid']],
      ['top again', 'GEN_RUNNING', 'none', ['top']],
      ['after', 'GEN_CLOSED', 'none', []],
    ])
  })

  it('is the iterator itself, when that is no generator, even while it runs', () => {
    class Reader {
      next() {
        look('in next()', g)
        return { value: 'read', done: false }
      }
    }
    const reader = know('the reader', new Reader())
    const g: PyGenerator = pyGenerator(function* top() { yield* yieldFrom(reader) })
    g.next()
    look('waiting', g)
    expect(log).toEqual([
      ['in next()', 'GEN_RUNNING', 'the reader', ['top', 'Reader']],
      ['waiting', 'GEN_SUSPENDED', 'the reader', ['top', 'Reader']],
    ])
  })

  it('leaves out what it delegates to natively, and goes on below', () => {
    const load = coroutine(function* load() { yield 'loaded' })
    function* native() { yield* load() }
    const g = pyGenerator(function* top() { yield* native() })
    g.next()
    const [top, below] = g.stack
    expect([top?.name, top?.iterator === g, top?.delegate === below, below?.name, below?.delegate]).toEqual(
      ['top', true, true, 'load', null])
  })

  it('loses the frames that an error goes through, one after the other', () => {
    function* low() {
      try {
        yield 'leaf'
      } finally {
        look('low ends', g)
      }
    }
    const inner = know('low', low())
    const g: PyGenerator = pyGenerator(function* top() {
      try {
        yield* yieldFrom(inner)
      } catch {
        look('top handles it', g)
      }
      yield 'top goes on'
    })
    g.next()
    g.throw(new Error('thrown'))
    look('waiting', g)
    expect(log).toEqual([
      ['low ends', 'GEN_RUNNING', 'low', ['top', 'low']], ['top handles it', 'GEN_RUNNING', 'none', ['top']],
      ['waiting', 'GEN_SUSPENDED', 'none', ['top']],
    ])
  })

  it.each<[string, (g: PyGenerator) => unknown]>([
    ['close()', g => g.close()],
    ['throw(GeneratorExit)', g => { expect(() => g.throw(GeneratorExit)).toThrow(GeneratorExit) }],
  ])('is that it runs all the while that %s unwinds it, with the frames that are left', (_, end) => {
    function* cleanup() {
      look('cleaning up', g)
      yield* []
    }
    function* low() {
      try {
        yield 'leaf'
      } finally {
        look('low ends', g)
      }
    }
    const inner = know('low', low())
    const g: PyGenerator = pyGenerator(function* top() {
      try {
        yield* yieldFrom(inner)
      } finally {
        look('top ends', g)
        yield* yieldFrom(know('cleanup', cleanup()))
      }
    })
    g.next()
    end(g)
    look('after', g)
    expect(log).toEqual([
      ['low ends', 'GEN_RUNNING', 'low', ['top', 'low']], ['top ends', 'GEN_RUNNING', 'none', ['top']],
      ['cleaning up', 'GEN_RUNNING', 'cleanup', ['top', 'cleanup']], ['after', 'GEN_CLOSED', 'none', []],
    ])
  })

  it('stays while control is in another greenlet', () => {
    const other = greenlet(() => { look('in the other greenlet', g) })
    function* low() {
      yield* other.switch()
      yield 'back'
    }
    const inner = know('low', low())
    const g: PyGenerator = pyGenerator(function* top() { yield* yieldFrom(inner) })
    g.next()
    look('waiting', g)
    expect(log).toEqual([
      ['in the other greenlet', 'GEN_RUNNING', 'low', ['top', 'low']],
      ['waiting', 'GEN_SUSPENDED', 'low', ['top', 'low']],
    ])
  })
})
