import fc from 'fast-check'
import { PriorityQueue, createTask, gather } from '../../lib/index.ts'
import { compare } from '../../lib/queue/compare.ts'
import { slip, story } from '../support/stories.ts'

/** All that is in it. */
function drained<T>(queue: PriorityQueue<T>): T[] {
  const items: T[] = []
  while (!queue.empty()) items.push(queue.getNowait())
  return items
}

describe('a PriorityQueue', () => {
  it('gives the least first; what is equal comes in the order it was put in', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(5), fc.boolean())), commands => {
      const queue = new PriorityQueue<[number, { made: number }]>(0, { compare: ([a], [b]) => a - b })
      let model: [number, { made: number }][] = []
      const took: unknown[] = []
      const expected: unknown[] = []
      for (const [i, [priority, takes]] of commands.entries()) {
        const item: [number, { made: number }] = [priority, { made: i }]
        queue.putNowait(item)
        model = [...model, item].sort(([a, x], [b, y]) => a - b || x.made - y.made)
        if (!takes) continue
        took.push(queue.getNowait())
        expected.push(model.shift())
      }
      took.push(...drained(queue))
      expected.push(...model)
      expect(took).toEqual(expected)
    }))
  })

  it('is told when its compare() changes it; it has then what compare() did, and is in order', () => {
    const acts: [string, (queue: PriorityQueue<number>) => void, number[]][] = [
      ['takes two', queue => { queue.getNowait(); queue.getNowait() }, [3, 5]],
      ['puts one', queue => { queue.putNowait(0) }, [0, 1, 2, 3, 5]],
    ]
    for (const [, act, left] of acts) {
      for (const call of [(queue: PriorityQueue<number>) => { queue.putNowait(4) }, (queue: PriorityQueue<number>) => queue.getNowait()]) {
        let acts = false
        const queue = new PriorityQueue<number>(0, { compare: (a, b) => {
          if (acts) {
            acts = false
            act(queue)
          }
          return a - b
        } })
        for (const item of [5, 3, 2, 1]) queue.putNowait(item)
        acts = true
        expect(slip(() => call(queue))).toBe('RuntimeError COMPARE_CHANGES: the compare() of a PriorityQueue has changed the queue for which it ' +
          'compares. Let it only compare, and change the queue afterwards')
        expect(drained(queue)).toEqual(left)
      }
    }
  })

  it('says what is in it, and serves those that wait', () => {
    expect(story(function* (log) {
      const queue = new PriorityQueue<[number, string]>(2)
      const putters = [createTask(queue.put([5, 'tea'])), createTask(queue.put([9, 'cake'])),
        createTask(queue.put([1, 'milk']))]
      yield
      log.push(String(queue), yield* queue.get())
      yield* gather(putters)
      log.push(yield* queue.get(), yield* queue.get())
    })).toEqual(['<PriorityQueue maxsize=2 size=2 putters=1 tasks=2>', [5, 'tea'], [1, 'milk'], [9, 'cake']])
  })

  it('is unchanged when two items cannot be compared, whether one is put in or taken out', () => {
    const queue = new PriorityQueue<[number, unknown]>()
    for (const item of [[1, 'a'], [2, 'b'], [3, 'c']] as [number, unknown][]) queue.putNowait(item)
    const refusal = "TypeError NOT_COMPARABLE: there is no order between 5 and 'a'. " +
      'Write new PriorityQueue(maxsize, { compare })'
    expect([slip(() => { queue.putNowait([1, 5]) }), String(queue)]).toEqual([refusal,
      '<PriorityQueue maxsize=0 size=3 tasks=3>'])
    let touchy = false
    const sour = new PriorityQueue<number>(0, {
      compare(a, b) {
        if (touchy) throw new RangeError('not today')
        return a - b
      },
    })
    for (const item of [5, 1, 4, 2, 3]) sour.putNowait(item)
    touchy = true
    const refused = [slip(() => sour.getNowait()), slip(() => { sour.putNowait(0) })]
    touchy = false
    expect([...refused, drained(sour)]).toEqual(['RangeError undefined: not today', 'RangeError undefined: not today',
      [1, 2, 3, 4, 5]])
  })

  it('takes a function that compares', () => {
    expect(drained(withItems(new PriorityQueue<string>(0, { compare: (a, b) => b.length - a.length }),
      ['a', 'ccc', 'bb'])))
      .toEqual(['ccc', 'bb', 'a'])
    expect([5, {}, null].map(compare => slip(() => String(new PriorityQueue(0,
      { compare: compare as never }))))).toEqual([
      'TypeError NOT_CALLABLE: PriorityQueue() takes { compare: (a, b) => number }, not 5',
      'TypeError NOT_CALLABLE: PriorityQueue() takes { compare: (a, b) => number }, not Object',
      '<PriorityQueue maxsize=0 size=0>',
    ])
    expect(slip(() => new PriorityQueue('5' as never))).toBe("TypeError NOT_A_NUMBER: Queue() takes a number, not '5'")
  })

  it('keeps a hundred thousand in order', () => {
    const queue = new PriorityQueue<number>()
    for (let i = 0; i < 100_000; i++) queue.putNowait((i * 7919) % 100_003)
    const items = drained(queue)
    expect([items.length, items.every((item, i) => i === 0 || item > (items[i - 1] as number))]).toEqual([100_000,
      true])
  })
})

function withItems<T>(queue: PriorityQueue<T>, items: T[]): PriorityQueue<T> {
  for (const item of items) queue.putNowait(item)
  return queue
}

describe("Python's order", () => {
  class Meters {
    constructor(private readonly length: number) {}
    valueOf(): number { return this.length }
  }
  const ascending: [string, unknown, unknown][] = [
    ['numbers', 1, 2], ['negative numbers', -2, -1], ['infinities', -Infinity, Infinity], ['bigints', 1n, 2n],
    ['a number and a bigint', 1, 2n], ['booleans', false, true], ['a boolean and a number', false, 1],
    ['strings', 'a', 'b'],
    ['strings by their code units', 'Z', 'a'], ['a string and its beginning', 'a', 'ab'],
    ['what has a value', new Meters(1), new Meters(2)],
    ['a value and a number', new Meters(1), 2], ['arrays', [1, 2], [1, 3]], ['an array and its beginning', [1], [1, 2]],
    ['an empty array and another', [], [0]], ['arrays of arrays', [[1], 'x'], [[1, 0], 'a']],
    ['arrays by the first that differs, whatever comes after', [1, 'a'], [2, null]],
  ]
  it.each(ascending)('is there between %s', (_, a, b) => {
    expect([Math.sign(compare(a, b)), Math.sign(compare(b, a)), compare(a, a), compare(b, b)]).toEqual([-1, 1, 0, 0])
  })

  it('takes the same for equal, whatever it is', () => {
    const thing = {}
    expect([compare(thing, thing), compare(null, null), compare([1, thing], [1, thing]), compare(1, 1n),
      compare(new Meters(5), 5), compare('', '')])
      .toEqual([0, 0, 0, 0, 0, 0])
  })

  const none: [unknown, unknown, string][] = [
    [1, 'a', "1 and 'a'"], ['a', 1, "'a' and 1"], [{}, {}, 'Object and Object'], [null, 1, 'null and 1'],
    [1, undefined, '1 and undefined'], [NaN, 1, 'NaN and 1'], [1, NaN, '1 and NaN'],
    [[1], 1, '[1 items] and 1'], [1, [1], '1 and [1 items]'], [() => 5, 1, 'a function and 1'],
    [Symbol('x'), 1, 'Symbol(x) and 1'],
    [Object.create(null), 1, 'an object and 1'], ['a', new Meters(5), "'a' and Meters"],
  ]
  it.each(none)('is not there between %p and %p', (a, b, both) => {
    expect(slip(() => compare(a, b))).toBe(`TypeError NOT_COMPARABLE: there is no order between ${both}. ` +
      'Write new PriorityQueue(maxsize, { compare })')
  })
})

describe('an item without an order', () => {
  it('is refused when it is put in, also into an empty queue, and the queue stays as it is', () => {
    const queue = new PriorityQueue<unknown>()
    const ranked = new PriorityQueue<{ rank?: number }>(0, { compare: (a, b) => (a.rank as number) - (b.rank as number) })
    expect([slip(() => { queue.putNowait(NaN) }), slip(() => { queue.putNowait([NaN, 'tea']) }), slip(() => { ranked.putNowait({}) })]).toEqual([
      'TypeError NOT_COMPARABLE: there is no order between NaN and NaN. Write new PriorityQueue(maxsize, { compare })',
      'TypeError NOT_COMPARABLE: there is no order between NaN and NaN. Write new PriorityQueue(maxsize, { compare })',
      'TypeError NOT_COMPARABLE: the compare() of a PriorityQueue gives a number, as a - b does, and gave NaN for Object and Object',
    ])
    queue.putNowait(1)
    ranked.putNowait({ rank: 1 })
    expect([drained(queue), drained(ranked)]).toEqual([[1], [{ rank: 1 }]])
  })
})
