// Ctrl-C, for real: a SIGINT comes while a hundred coroutines sleep, and all are cancelled; from the note on callbacks
import { EventLoop, KeyboardInterrupt, NodeHost, allTasks, sleep } from 'yieldfrom/node'

let cleaned = 0

function* test1() {
  try {
    yield* sleep(10_000)
    console.log('test1 done')
  } finally {
    cleaned++
  }
}

const loop = new EventLoop({ host: new NodeHost() })
const tasks = Array.from({ length: 100 }, () => loop.createTask(test1()))
loop.callLater(2_000, () => process.kill(process.pid, 'SIGINT'))
try {
  loop.runForever()
} catch (error) {
  if (!(error instanceof KeyboardInterrupt)) throw error
  console.log('KeyboardInterrupt')
  for (const task of allTasks(loop)) task.cancel()
  loop.stop()
  loop.runForever()
} finally {
  loop.close()
}
console.log(tasks.filter(task => task.cancelled()).length, 'cancelled,', cleaned, 'cleaned')
