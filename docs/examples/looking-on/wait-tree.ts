// Who waits for whom, while the program runs
// No Python twin: asyncio tells it from Python 3.14 on, from outside of the process and in a form of its own.
import {
  Event, EventLoop, TaskGroup, VirtualHost, createTask, formatCallGraph, formatWaitTree, gather, getRunningLoop, sleep,
  use,
} from 'yieldfrom'

function* grind(beans: Event) {
  yield* beans.wait()
}

function* boil() {
  yield* sleep(2000)
}

function* brew(beans: Event) {
  yield* use(new TaskGroup(), function* (group) {
    group.createTask(grind(beans), { name: 'grinding' })
    group.createTask(boil(), { name: 'boiling' })
  })
}

function* toast() {
  yield* sleep(3000)
}

function* main() {
  const beans = new Event()
  const coffee = createTask(brew(beans), { name: 'coffee' })
  getRunningLoop().callLater(1000, () => {
    console.log(formatWaitTree()) // from above: who waits, and for what
    console.log(formatCallGraph(coffee)) // from below: who waits for it
    beans.set()
  })
  yield* gather([coffee, createTask(toast(), { name: 'toast' })])
}

const loop = new EventLoop({ host: new VirtualHost() })
loop.runUntilComplete(loop.createTask(main(), { name: 'main' }))
loop.close()
