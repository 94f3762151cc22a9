// A broadcast: all that listen hear it, and who listens too slowly is told how much it has missed
// No Python twin: asyncio has no broadcast
import { TaskGroup, VirtualHost, broadcast, forEach, run, sleep, use } from 'yieldfrom'

function* main() {
  const news = broadcast<number>(2, { overflow: 'dropOldest' })
  yield* use(new TaskGroup(), function* (group) {
    for (const [name, ms] of [['quick', 1], ['slow', 30]] as const) {
      const subscriber = news.subscribe({ onMissed: count => { console.log(`${name}: missed ${count}`) } })
      group.createTask(forEach(subscriber, function* (n) {
        console.log(`${name}: ${n}`)
        yield* sleep(ms)
      }))
    }
    for (let n = 1; n <= 5; n++) {
      yield* news.send(n)
      yield* sleep(10)
    }
    news.close()
  })
}

run(main(), { host: new VirtualHost() })
