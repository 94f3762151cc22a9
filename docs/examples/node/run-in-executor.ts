// Code that blocks, in other threads and processes: the three ways of `runInExecutor`; from the note on kinds of coroutines
import { ProcessPoolExecutor, ThreadPoolExecutor, getRunningLoop, run, use } from 'yieldfrom/node'

/** Something that takes long, and blocks. */
function func1() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  return 'hello world'
}

function* main() {
  const loop = getRunningLoop()

  // 1. In the loop's default executor, which has threads
  let result = yield* loop.runInExecutor(null, func1)
  console.log('default thread pool', result)

  // 2. In a pool of threads of our own
  yield* use(new ThreadPoolExecutor(), function* (pool) {
    result = yield* loop.runInExecutor(pool, func1)
    console.log('custom thread pool', result)
  })

  // 3. In a pool of processes
  yield* use(new ProcessPoolExecutor(), function* (pool) {
    result = yield* loop.runInExecutor(pool, func1)
    console.log('custom process pool', result)
  })
}

run(main())
