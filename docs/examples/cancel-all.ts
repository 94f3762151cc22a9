// Ctrl-C: cancel all tasks, and give them one more turn to end; from the note on callbacks
import { EventLoop, KeyboardInterrupt, VirtualHost, allTasks, ensureFuture, sleep, wait } from 'yieldfrom'

function* test1() {
  console.log('This is test1')
  yield* sleep(10_000)
  console.log('test1 done')
}

function pressCtrlC() {
  throw new KeyboardInterrupt()
}

const loop = new EventLoop({ host: new VirtualHost() })
const tasks = Array.from({ length: 5 }, () => ensureFuture(test1(), { loop }))
loop.callLater(1000, pressCtrlC)
try {
  loop.runUntilComplete(wait(tasks))
} catch (e) {
  if (!(e instanceof KeyboardInterrupt)) throw e
  for (const task of allTasks(loop)) {
    task.cancel()
  }
  loop.stop()
  loop.runForever()
} finally {
  loop.close()
}
console.log(tasks.filter(task => task.cancelled()).length, 'cancelled')
