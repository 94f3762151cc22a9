// The whole loop: three tasks of a group wait side by side, and the group ends when all have ended
import { type Coroutine, TaskGroup, VirtualHost, run, sleep, use } from 'yieldfrom'

function* brew(order: string, ms: number): Coroutine<string> {
  yield* sleep(ms)
  console.log('here is the', order)
  return order
}

function* main(): Coroutine<void> {
  const served: string[] = []
  yield* use(new TaskGroup(), function* (group) {
    for (const [order, ms] of [['coffee', 30], ['tea', 20], ['milk', 10]] as const) {
      const task = group.createTask(brew(order, ms), { name: order })
      task.addDoneCallback(() => { served.push(order) })
    }
    console.log('three orders, and nobody has begun')
  })
  console.log('served:', served.join(' '))
}

run(main(), { host: new VirtualHost() })
