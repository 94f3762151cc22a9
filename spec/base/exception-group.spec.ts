import fc from 'fast-check'
import { BaseException, CancelledError, ExceptionGroup, TimeoutError, ValueError } from '../../lib/index.ts'
import { slip } from '../support/stories.ts'

const [a, b, c] = [new RangeError('a'), new ValueError('b'), new TypeError('c')]

/** Its shape: the errors as they are, and groups as arrays that begin with their message. */
function shape(error: unknown): unknown {
  return error instanceof ExceptionGroup ? [error.message, ...error.errors.map(shape)] : error
}

describe('an ExceptionGroup', () => {
  it('is an Error that holds several', () => {
    const errors = [a, b]
    const group = new ExceptionGroup('two of them', errors)
    errors.push(c) // is not seen
    expect([group instanceof Error, group instanceof BaseException, group.name, group.code, group.message,
      group.errors])
      .toEqual([true, false, 'ExceptionGroup', 'EXCEPTION_GROUP', 'two of them', [a, b]])
    expect(Object.isFrozen(group.errors)).toBe(true)
  })

  it('says how many there are', () => {
    class Storm extends ExceptionGroup {}
    expect([new ExceptionGroup('oh', [a, b]), new ExceptionGroup('no', [a]), new Storm('my', [a])].map(String))
      .toEqual(['ExceptionGroup: oh (2 sub-exceptions)', 'ExceptionGroup: no (1 sub-exception)',
        'Storm: my (1 sub-exception)'])
  })

  it('has at least one, in an array; whatever was thrown will do', () => {
    expect([[], null, undefined, a, 'ab',
      new Set([a])].map(errors => slip(() => new ExceptionGroup('', errors as never)))).toEqual([
      'ValueError NO_ERRORS: an ExceptionGroup has at least one error',
      ...['null', 'undefined', 'Error', "'ab'", 'Set'].map(what =>
        `TypeError NOT_AN_ARRAY: ExceptionGroup() takes a message and an array of errors, not ${what}`),
    ])
    expect(new ExceptionGroup('', [undefined, 5]).errors).toEqual([undefined, 5])
  })

  it('is divided by a class, by several, or by a function', () => {
    const group = new ExceptionGroup('all', [a, b, c])
    expect([group.split(RangeError), group.split([RangeError, TypeError]),
      group.split(error => error === b)].map(parts => parts.map(shape)))
      .toEqual([
        [['all', a], ['all', b, c]],
        [['all', a, c], ['all', b]],
        [['all', b], ['all', a, c]],
      ])
    expect([group.subgroup(ValueError), group.subgroup([])].map(shape)).toEqual([['all', b], null])
  })

  it('is itself the part that matches when all do, and the rest when none does is a group like it', () => {
    const group = new ExceptionGroup('all', [a, b])
    expect([group.split(ExceptionGroup), group.split(Error)]).toEqual([[group, null], [group, null]])
    const [none, rest] = group.split(TimeoutError)
    expect([none, shape(rest), rest === group]).toEqual([null, ['all', a, b], false])
    expect(group.subgroup(() => true)).toBe(group)
  })

  it('keeps the groups in it when it is divided, but no empty ones', () => {
    const inner = new ExceptionGroup('inner', [a, new ExceptionGroup('innermost', [b, c])])
    const outer = new ExceptionGroup('outer', [inner, c, new ExceptionGroup('other', [b])])
    expect(outer.split(TypeError).map(shape)).toEqual([
      ['outer', ['inner', ['innermost', c]], c],
      ['outer', ['inner', a, ['innermost', b]], ['other', b]],
    ])
    expect(outer.subgroup(error => error === inner)?.errors).toEqual([inner])
  })

  it('asks a function about groups, too, the outer ones first', () => {
    const inner = new ExceptionGroup('inner', [a])
    const outer = new ExceptionGroup('outer', [inner, b])
    const asked: unknown[] = []
    outer.split(error => {
      asked.push(error)
      return error === inner
    })
    expect(asked).toEqual([outer, inner, b])
  })

  it('gives its cause to its parts, if it has one', () => {
    const group = new ExceptionGroup('all', [a, b])
    expect(group.split(RangeError).map(part => 'cause' in (part as object))).toEqual([false, false])
    Object.defineProperty(group, 'cause', { value: c, configurable: true })
    expect(group.split(RangeError).map(part => [part?.cause, Object.keys(part as object)])).toEqual([[c,
      ['code']], [c, ['code']]])
  })

  it('is divided into its own kind if a subclass says so', () => {
    class Plain extends ExceptionGroup {}
    class Numbered extends ExceptionGroup {
      constructor(message: string, errors: readonly unknown[], readonly number: number) { super(message, errors) }
      override derive(errors: readonly unknown[]): Numbered { return new Numbered(this.message, errors, this.number) }
    }
    const [plain] = new Plain('x', [a, b]).split(RangeError)
    const [numbered, rest] = new Numbered('x', [a, b], 5).split(RangeError)
    expect([plain?.name, numbered?.name, (rest as Numbered).number]).toEqual(['ExceptionGroup', 'Numbered', 5])
  })

  it('is divided by a class of errors, not by anything else', () => {
    const group = new ExceptionGroup('all', [a])
    const words = (what: string) =>
      `TypeError NOT_A_CONDITION: a class of errors, an array of them or a function is expected, not ${what}`
    expect([5, null, 'RangeError', [RangeError, 5], {}].map(what => slip(() => group.split(what as never))))
      .toEqual(['5', 'null', "'RangeError'", '[2 items]', 'Object'].map(words))
    expect(slip(() => group.subgroup(undefined as never))).toBe(words('undefined'))
  })

  it('may hold what is meant to leave', () => {
    const group = new ExceptionGroup('', [new CancelledError('enough'), a])
    expect(group.subgroup(BaseException)?.errors.map(String)).toEqual(['CancelledError: enough'])
  })

  it('is divided without loss, in whatever shape', () => {
    const { tree } = fc.letrec<{ tree: unknown }>(tie => ({
      tree: fc.oneof({ depthSize: 'medium' }, fc.nat(9), fc.array(tie('tree'), { minLength: 1, maxLength: 4 })),
    }))
    const groupOf = (from: unknown): unknown => Array.isArray(from) ? new ExceptionGroup('', from.map(groupOf)) : from
    const leaves = (error: unknown): unknown[] =>
      error instanceof ExceptionGroup ? error.errors.flatMap(leaves) : [error]
    fc.assert(fc.property(fc.array(tree, { minLength: 1 }), from => {
      const group = groupOf(from) as ExceptionGroup
      const isEven = (error: unknown) => typeof error === 'number' && error % 2 === 0
      const [even, odd] = group.split(isEven)
      expect(even === null ? [] : leaves(even)).toEqual(leaves(group).filter(isEven))
      expect(odd === null ? [] : leaves(odd)).toEqual(leaves(group).filter(error => !isEven(error)))
    }))
  })

  it('may be a thousand deep', () => {
    let group = new ExceptionGroup('', [a, b])
    for (let i = 0; i < 1000; i++) group = new ExceptionGroup('', [group])
    let depth = 0
    for (let part = group.subgroup(RangeError) as unknown; part instanceof ExceptionGroup; part = part.errors[0]) {
      depth += part.errors.length
    }
    expect(depth).toBe(1001)
  })
})
