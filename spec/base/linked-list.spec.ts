import fc from 'fast-check'
import { LinkedList, type Linked } from '../../lib/base/linked-list.ts'

class Item implements Linked<Item> {
  $before: Item | null = null
  $after: Item | null = null

  constructor(readonly name: number) {}
}

describe('a LinkedList', () => {
  it('is what an array is of which items are taken out, wherever they are, and if they are in it', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(9), fc.oneof(fc.constant(null), fc.constant('at the end' as const), fc.nat(9)))), commands => {
      const items = Array.from({ length: 10 }, (_, name) => new Item(name))
      const list = new LinkedList<Item>()
      let array: Item[] = []
      for (const [name, where] of commands) {
        const item = items[name] as Item
        list.remove(item)
        array = array.filter(each => each !== item)
        if (where === 'at the end') {
          list.add(item)
          array.push(item)
        } else if (where !== null) { // after the other, if that is in it, else before all
          const i = array.findIndex(each => each.name === where)
          list.addAfter(array[i] ?? null, item)
          array.splice(i + 1, 0, item)
        }
        expect([list.size, list.first, [...list]]).toEqual([array.length, array[0] ?? null, array])
      }
    }))
  })

  it('may lose what has just been reached while it is gone through', () => {
    const list = new LinkedList<Item>()
    for (const name of [1, 2, 3]) list.add(new Item(name))
    const names: number[] = []
    for (const item of list) {
      names.push(item.name)
      list.remove(item)
    }
    expect([names, list.size, list.first]).toEqual([[1, 2, 3], 0, null])
  })
})
