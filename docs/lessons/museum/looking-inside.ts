// What one may ask a generator, and what pyGenerator() adds
import { pyGenerator, yieldFrom } from 'yieldfrom'

function* inner(): Generator<string, void> { yield 'working' }

function* outer(): Generator<string, void> { yield* inner() }

const native = outer()
native.next()
console.log('own properties:', Object.keys(native).length)

const generator = pyGenerator(function* outer() { yield* yieldFrom(inner()) })
console.log(generator.state)
generator.next()
console.log(generator.state, generator.stack.map(({ name }) => name).join(' > '))
