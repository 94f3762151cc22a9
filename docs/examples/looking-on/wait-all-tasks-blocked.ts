// For specs: go on when everybody else waits, and no time has passed, as in trio
import { Event, TaskGroup, VirtualHost, getRunningLoop, run, sleep, use } from 'yieldfrom'
import { waitAllTasksBlocked } from 'yieldfrom/testing'

function* washes(dishes: string[], towel: Event) {
  for (const dish of dishes) {
    yield* sleep(0)
    console.log('washes', dish)
  }
  yield* towel.wait()
  console.log('has the towel')
}

function* main() {
  const loop = getRunningLoop()
  yield* use(new TaskGroup(), function* (group) {
    const towel = new Event()
    group.createTask(washes(['cup', 'plate', 'pot'], towel))
    yield* waitAllTasksBlocked()
    console.log('now it waits, at', loop.time() / 1000)
    towel.set()
    yield* waitAllTasksBlocked()
    console.log('now it is over, at', loop.time() / 1000)
  })
}

run(main(), { host: new VirtualHost() })
