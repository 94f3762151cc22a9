import fc from 'fast-check'
import { ByNumber } from '../../lib/node/io/by-number.ts'

describe('what is found by its number', () => {
  it('is found as in a Map, whatever comes and goes', () => {
    const step = fc.tuple(fc.boolean(), fc.nat(1_000))
    fc.assert(fc.property(fc.array(step, { minLength: 100, maxLength: 400 }), steps => {
      const map = new Map<number, string>()
      const ours = new ByNumber<string>()
      steps.forEach(([comes, number], n) => {
        if (comes) {
          map.set(number, `${number} ${n}`)
          ours.set(number, `${number} ${n}`)
        } else {
          map.delete(number)
          ours.delete(number)
        }
      })
      const numbers = Array.from(map.keys()).sort((a, b) => a - b)
      expect(Array.from({ length: 1_001 }, (_, number) => ours.get(number))).toEqual(Array.from({ length: 1_001 }, (_, number) => map.get(number)))
      expect([ours.size, ours.values()]).toEqual([map.size, numbers.map(number => map.get(number))])
    }), { numRuns: 100 })
  })

  it('stands close together when its numbers wrap around the table, and is gone after clear()', () => {
    const ours = new ByNumber<string>()
    for (const number of [30, 62, 31, 94, 1]) ours.set(number, `n${number}`) // all want the last place, or the first
    ours.delete(62)
    ours.delete(62)
    const left = [30, 62, 31, 94, 1].map(number => ours.get(number))
    ours.clear()
    expect([left, ours.size, ours.values(), ours.get(30)]).toEqual([['n30', undefined, 'n31', 'n94', 'n1'], 0, [], undefined])
  })

  it('takes numbers that count down, too, and those that no array of 32 bits can hold', () => {
    const ours = new ByNumber<string>()
    const numbers = Array.from({ length: 100 }, (_, i) => -1 - i).concat(-3_000_000_000, -9_000_000_000_000)
    for (const number of numbers) ours.set(number, String(number))
    for (const number of numbers.slice(0, 50)) ours.delete(number)
    expect([ours.size, ours.get(-1), ours.get(-60), ours.get(-3_000_000_000), ours.get(-9_000_000_000_001)]).toEqual([52, undefined, '-60', '-3000000000', undefined])
    expect(ours.entries()).toEqual(numbers.slice(50).map(number => [number, String(number)]))
  })
})
