import { TraceHash } from '../../lib/base/trace-hash.ts'

describe('the hash of what has happened', () => {
  const hashOf = (...steps: (number | string)[]): string => {
    const hash = new TraceHash()
    for (const step of steps) if (typeof step === 'string') hash.addText(step); else hash.addNumber(step)
    return hash.toString()
  }

  it('tells the whole part of a number, what is above 32 bits, and the fraction apart', () => {
    const all = [[0], [1], [-1], [0.25], [0.75], [1.25], [-0.25], [2 ** 32], [2 ** 33], [2 ** 32 + 0.5], ['tea'], ['eat'], ['te', 'a'], [''], []].map(steps => hashOf(...steps))
    expect(new Set(all).size).toBe(all.length)
  })

  it('is the same in every engine and version, and begins anew', () => {
    const hash = new TraceHash()
    const [empty, check] = [hash.toString(), hash.check]
    for (const step of [3, -7.5, 2 ** 40 + 0.125]) hash.addNumber(step)
    hash.addText('tea')
    expect([empty, check, hash.toString(), hash.check]).toEqual(['6a09e6673c6ef372', 1449596181, 'f89ffe75a62495b7', 1589341122])
    hash.reset()
    expect([hash.toString(), hash.check]).toEqual([empty, check])
  })
})
