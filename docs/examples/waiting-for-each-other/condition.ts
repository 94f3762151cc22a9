// A condition: two wait until there is something on the shelf
import { Condition, VirtualHost, createTask, gather, run, sleep, use } from 'yieldfrom'

function* customer(name: string, condition: Condition, shelf: string[]) {
  yield* use(condition, function* () {
    yield* condition.waitFor(() => shelf.length > 0)
    console.log(name, 'takes', shelf.shift())
  })
}

function* main() {
  const shelf: string[] = []
  const condition = new Condition()
  const customers = ['Ann', 'Ben'].map(name => createTask(customer(name, condition, shelf)))
  for (const item of ['bread', 'butter']) {
    yield* sleep(1000)
    yield* use(condition, function* () {
      shelf.push(item)
      console.log('there is', item)
      condition.notify()
    })
  }
  yield* gather(customers)
}

run(main(), { host: new VirtualHost() })
