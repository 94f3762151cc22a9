// A generator delegates to another by yield from; from the note on kinds of coroutines
import { pyGenerator, yieldFrom } from 'yieldfrom'

function* func1() {
  yield 1
  yield* yieldFrom(func2())
  yield 2
}

function* func2() {
  yield 3
  yield 4
}

const f1 = pyGenerator(func1)
for (const item of f1) {
  console.log(item)
}
