// The four states of a task: pending, running, done, cancelled; from the note on callbacks
import { type Task, VirtualHost, createTask, currentTask, run, sleep, wait } from 'yieldfrom'

const state = (task: Task | null) => task?.state

function* test1() {
  console.log('in its own code:', state(currentTask()))
  yield* sleep(1000)
}

function* main() {
  const task1 = createTask(test1())
  console.log('just made:', state(task1))
  yield* sleep(0)
  console.log('while it sleeps:', state(task1))
  yield* task1
  console.log('at its end:', state(task1))

  const task2 = createTask(test1())
  task2.cancel()
  yield* wait([task2])
  console.log('cancelled before it began:', state(task2))
}

run(main(), { host: new VirtualHost() })
