// A loop in another thread: calls in order, and coroutines that run there while this thread goes on; from the note on tasks and threads
import { Worker, isMainThread, parentPort } from 'node:worker_threads'
import { EventLoop, NodeHost, callSoonThreadsafe, getRunningLoop, runCoroutineThreadsafe, sleep } from 'yieldfrom/node'

/** In the other thread, whose standard output would pass through this one. */
const print = (text: string): void => { (require('node:fs') as { writeSync(fd: number, text: string): void }).writeSync(1, `${text}\n`) }

export function doSomeThing(x: number) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, x * 20)
  print(`wait... ${x}`)
}

export function* doSomeThingElse(x: number) {
  yield* sleep(x * 100)
  print(`slept... ${x}`)
  return x
}

export function stop() { getRunningLoop().stop() }

if (isMainThread) {
  new Worker(__filename).once('message', (loop: object) => {
    const here = (name: string) => ({ module: __filename, export: name })
    callSoonThreadsafe(loop, here('doSomeThing'), 3)
    callSoonThreadsafe(loop, here('doSomeThing'), 5)
    const futures = [5, 3].map(x => runCoroutineThreadsafe<[number], number>(loop, here('doSomeThingElse'), x))
    console.log('the main thread goes on')
    console.log(futures.map(future => future.result()).join(' '))
    callSoonThreadsafe(loop, here('stop'))
  })
} else {
  const loop = new EventLoop({ host: new NodeHost() })
  parentPort?.postMessage(loop.handle())
  loop.runForever()
  loop.close()
}
