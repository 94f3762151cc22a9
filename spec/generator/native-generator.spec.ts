import { coroutine, pyGenerator } from '../../lib/index.ts'
import { isGeneratorFunction, isNativeGenerator, none } from '../../lib/generator/native-generator.ts'

describe('a generator of the engine', () => {
  it('is known, whoever made it and however far it has come', () => {
    function* own(): Generator<number> { yield 1 }
    const object = { *method(): Generator<number> { yield 1 } }
    const [fresh, begun, finished] = [own(), own(), none()]
    begun.next()
    expect([...finished]).toEqual([])
    expect([fresh, begun, finished, object.method()].map(isNativeGenerator)).toEqual([true, true, true, true])
  })

  it('is not to be confused with what is like it', () => {
    const like = [pyGenerator(none), coroutine(none)(), [][Symbol.iterator](), { next: none }, none, null, undefined, 'text']
    expect(like.map(isNativeGenerator)).toEqual(like.map(() => false))
  })

  it('comes from a generator function, and from no other function', () => {
    const functions = [none, coroutine(none), () => none(), class {}, none(), null]
    expect(functions.map(isGeneratorFunction)).toEqual([true, false, false, false, false, false])
  })
})
