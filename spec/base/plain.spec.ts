import { plainCopy } from '../../lib/base/plain.ts'

const copied = (value: unknown): unknown => {
  try {
    return plainCopy('input()', value)
  } catch (error) {
    return `${String(error)} ${(error as { code?: string }).code}`
  }
}

describe('a copy of a plain value', () => {
  it('has what JSON can hold, and leaves out the properties that are undefined', () => {
    const value = { text: 'tea', number: -0, flag: true, nothing: null, list: [1, [2]], gone: undefined, bare: Object.assign(Object.create(null), { a: 1 }) as object }
    const copy = copied(value) as typeof value
    expect([JSON.stringify(copy), Object.is(copy.number, 0), Object.keys(copy).includes('gone'), copy.list === value.list]).toEqual(
      ['{"text":"tea","number":0,"flag":true,"nothing":null,"list":[1,[2]],"bare":{"a":1}}', true, false, false])
  })

  it.each<[string, unknown, string]>([
    ['undefined in a list', [undefined], 'undefined'],
    ['a number that JSON does not have', NaN, 'NaN'],
    ['an infinite one', -Infinity, '-Infinity'],
    ['a function', function brew() { /* never called */ }, 'brew()'],
    ['a big number', 10n, '10n'],
    ['an object with a class', new Map(), 'Map'],
    ['an object that inherits from a plain one', Object.create({ a: 1 }), 'Object'],
  ])('is refused for %s', (_, value, words) => {
    expect(copied(value)).toBe(`TypeError: input() takes what can be written down as JSON, not ${words} NOT_PLAIN`)
  })
})
