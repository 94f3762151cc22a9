import { coroutine, pyGenerator, yieldFrom } from '../../lib/index.ts'

describe('the names of frames', () => {
  const names = (child: Iterable<unknown>) => {
    const g = pyGenerator(function* root() { yield* yieldFrom(child) })
    g.next()
    return g.stack.map(frame => frame.name)
  }

  it('are those of the functions, though a generator does not know its function', () => {
    function* plain() { yield 1 }
    const object = { *method() { yield 1 } }
    class Class { static *make() { yield 1 } }
    expect([plain(), object.method(), Class.make(), (function* () { yield 1 })()].map(names)).toEqual([
      ['root', 'plain'], ['root', 'method'], ['root', 'make'], ['root', '<anonymous>'],
    ])
  })

  it('are those of the classes for other iterators', () => {
    class Reader { n = 0; next() { return { value: this.n, done: false } } [Symbol.iterator]() { return this } }
    expect([[1], new Reader()].map(names)).toEqual([['root', 'Array Iterator'], ['root', 'Reader']])
  })

  it('ask in a way that leaves no trace, and that a frozen generator survives', () => {
    function* quiet() { yield 1 }
    const asked = quiet()
    const frozen = Object.freeze(quiet())
    expect([names(asked), Reflect.ownKeys(asked), names(frozen)]).toEqual([['root', 'quiet'], [], ['root', '<anonymous>']])
  })

  it('are known of the functions that passed through the library in an engine without JSON', () => {
    let found: unknown
    const { JSON } = globalThis
    Reflect.deleteProperty(globalThis, 'JSON')
    try {
      const known = coroutine(function* known() { yield 1 })
      function* unknown() { yield 1 }
      found = [names(known()), names(unknown())]
    } finally {
      globalThis.JSON = JSON
    }
    expect(found).toEqual([['root', 'known'], ['root', '<anonymous>']])
  })

  describe('in an engine whose messages tell nothing', () => {
    const { stringify } = JSON
    beforeEach(() => { JSON.stringify = () => { throw new TypeError('cyclic object value') } })
    afterEach(() => { JSON.stringify = stringify })

    it('are known of the functions that passed through the library', () => {
      const known = coroutine(function* known() { yield 1 })
      function* unknown() { yield 1 }
      function* started() { yield 1 }
      expect([names(known()), names(unknown()), pyGenerator(started).stack.map(frame => frame.name)])
        .toEqual([['<anonymous>', 'known'], ['<anonymous>', '<anonymous>'], ['started']].map((frames, i) =>
          i < 2 ? ['root', frames[1]] : frames))
    })

    it('are not confused by functions without a name or a prototype', () => {
      const anonymous = coroutine((() => function* () { yield 1 })())
      const g = pyGenerator((() => (function* later() { yield 1 })()) as () => Generator<number>)
      JSON.stringify = () => 'no error at all'
      expect([names(anonymous()), g.name]).toEqual([['root', '<anonymous>'], '<anonymous>'])
    })
  })
})
