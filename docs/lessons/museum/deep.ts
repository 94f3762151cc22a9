// Ten thousand generators on each other
import { coroutine, pyGenerator } from 'yieldfrom'

function* native(depth: number): Generator<string, void> {
  if (depth > 0) yield* native(depth - 1)
  else yield 'the bottom'
}

const ours = coroutine(function* (depth: number): Generator<unknown, void> {
  if (depth > 0) yield* ours(depth - 1)
  else yield 'the bottom'
})

try {
  console.log(native(10_000).next().value)
} catch (error) {
  console.log('native:', error instanceof RangeError ? 'a RangeError' : String(error))
}
console.log('coroutine():', pyGenerator(() => ours(10_000)).next().value)
