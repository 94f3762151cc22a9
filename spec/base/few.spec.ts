import { Few } from '../../lib/base/few.ts'

it('a Few keeps none, one or many in the order in which they came, and tells whether it had what is taken out', () => {
  const log: unknown[] = []
  const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }]
  const few = new Few<{ name: string }>()
  const show = (what: unknown): void => { log.push([what, few.size, few.toArray().map(({ name }) => name).join('')]) }
  show(few.delete(a))
  few.add(a)
  show(few.delete(b))
  few.add(b)
  few.add(c)
  show(few.delete(a))
  show(few.delete(a))
  few.delete(b)
  few.delete(c)
  few.add(a)
  show(few.delete(a))
  expect(log).toEqual([[false, 0, ''], [false, 1, 'a'], [true, 2, 'bc'], [false, 2, 'bc'], [true, 0, '']])
  const one = new Few<object>()
  one.add(a)
  expect([one.delete(a), one.size, one.delete(a)]).toEqual([true, 0, false])
})
