// What an event loop is: run what is ready, take out what is done, until nothing is left; from the note on kinds of coroutines
import { EventLoop, ManualHost, sleep } from 'yieldfrom'

function* work(seconds: number) {
  console.log('works for', seconds, 's')
  yield* sleep(seconds * 1000)
}

const host = new ManualHost()
const loop = new EventLoop({ host })

let taskList = [
  loop.createTask(work(1), { name: 'task 1' }),
  loop.createTask(work(3), { name: 'task 2' }),
  loop.createTask(work(1), { name: 'task 3' }),
]

for (;;) {
  // Run the tasks that are ready. What becomes ready meanwhile has to wait for the next tick.
  while (loop.tick().ready > 0) console.log('and again, some more is ready')

  // Which are done?
  const doneList = taskList.filter(task => task.done())
  for (const task of doneList) {
    console.log('at', loop.time() / 1000, 's', task.getName(), 'is done')
  }

  // Take them out of the list. Is it empty? Then that was all.
  taskList = taskList.filter(task => !task.done())
  if (taskList.length === 0) break

  host.advance(1000) // a second passes
}
loop.close()
