import { describe as inWords, describeError } from '../../lib/base/describe.ts'

describe('describe()', () => {
  it.each<[string, unknown, string]>([
    ['a string', 'text', "'text'"],
    ['a string of forty characters', 'x'.repeat(40), `'${'x'.repeat(40)}'`],
    ['a longer string', 'x'.repeat(41), `'${'x'.repeat(37)}...'`],
    ['a number', 42, '42'],
    ['a bigint', BigInt(42), '42n'],
    ['a boolean', false, 'false'],
    ['a symbol', Symbol('words'), 'Symbol(words)'],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a function', function load() {}, 'load()'],
    ['a function without a name', (() => () => 1)(), 'a function'],
    ['an array', ['a', 'b'], '[2 items]'],
    ['a map', new Map(), 'Map'],
    ['an error', new RangeError('words'), 'Error'],
    ['a generator', (function* () {})(), 'Generator'],
    ['an object', {}, 'Object'],
    ['an instance of a class', new (class Reader {})(), 'Reader'],
    ['an instance of a class without a name', new (class {})(), 'an object'],
    ['an object without a prototype', Object.create(null), 'an object'],
    ['an object whose constructor is no function', { constructor: 'Reader' }, 'an object'],
  ])('has a short name for %s', (_, value, words) => {
    expect(inWords(value)).toBe(words)
  })

  it('asks no object to print itself', () => {
    const cross = () => { throw new Error('never') }
    expect([inWords({ toString: cross, toJSON: cross, valueOf: cross }), inWords([{ toString: cross }])])
      .toEqual(['Object', '[1 items]'])
  })

  it('does without the name where a getter throws', () => {
    const cross = () => { throw new Error('never') }
    const objects: object[] = [{ get constructor() { return cross() } }, { get [Symbol.toStringTag]() { return cross() } }]
    const nameless = Object.defineProperty(() => 1, 'name', { get: cross })
    expect([...objects, nameless].map(inWords)).toEqual(['an object', 'an object', 'a function'])
  })
})

describe('describeError()', () => {
  it.each<[string, unknown, string]>([
    ['an error', new RangeError('too far'), 'RangeError: too far'],
    ['one of several lines', new RangeError('too far\nby two\nmiles'), 'RangeError: too far ...'],
    ['what is no error', 5, '5'],
    ['an error whose toString() throws', Object.assign(new Error('never said'), { toString() { throw new Error('never') } }), 'Error'],
    ['an object without a prototype', Object.create(null), 'an object'],
  ])('is one line for %s', (_, error, words) => { expect(describeError(error)).toBe(words) })
})
