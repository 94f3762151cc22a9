// Two greenlets switch to each other; from the note on kinds of coroutines
import { type Greenlet, greenlet } from 'yieldfrom'

function* func1() {
  console.log(1) //             1. prints 1
  yield* gr2.switch() //        2. goes to func2
  console.log(2) //             5. prints 2
  yield* gr2.switch() //        6. goes back to func2, to where it left off
}

function* func2() {
  console.log(3) //             3. prints 3
  yield* gr1.switch() //        4. goes back to func1, to where it left off
  console.log(4) //             7. prints 4, and ends: its parent goes on, the program below
}

const gr1: Greenlet = greenlet(func1)
const gr2 = greenlet(func2)

gr1.resume() //                 0. goes to func1
