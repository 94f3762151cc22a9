import { Ring } from '../../lib/base/ring.ts'

it('a ring gives its items in the order in which they came, when it goes round and when it grows', () => {
  const ring = new Ring<number>()
  const log: number[] = []
  let next = 0
  for (const [pushed, taken] of [[10, 8], [13, 2], [30, 40], [2, 1]] as const) {
    for (let i = 0; i < pushed; i++) ring.push(next++)
    for (let i = 0; i < taken; i++) log.push(ring.shift())
  }
  expect([log, ring.size, ring.first]).toEqual([Array.from({ length: 51 }, (_, i) => i), 4, 51])
  ring.clear()
  expect(ring.size).toBe(0)
  ring.push(7)
  expect([ring.size, ring.first, ring.shift(), ring.size]).toEqual([1, 7, 7, 0])
})
