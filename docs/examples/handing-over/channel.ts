// A channel: two senders, one receiver, and an end when both senders are closed, as in trio
import { type Receiver, type Sender, TaskGroup, VirtualHost, channel, forEach, run, sleep, use } from 'yieldfrom'

function* cook(dish: string, seconds: number, sender: Sender<string>) {
  yield* use(sender, function* () {
    for (const i of [1, 2, 3]) {
      yield* sleep(seconds * 1000)
      yield* sender.send(`${dish} ${i}`)
    }
  })
}

function* waiter(receiver: Receiver<string>) {
  yield* forEach(receiver, function* (dish) {
    console.log('serves', dish)
  })
  console.log('the kitchen is closed')
}

function* main() {
  yield* use(new TaskGroup(), function* (group) {
    const [sender, receiver] = channel<string>(0)
    yield* use(sender, function* () {
      group.createTask(cook('soup', 2, sender.clone()))
      group.createTask(cook('cake', 3.5, sender.clone()))
    })
    yield* waiter(receiver)
  })
}

run(main(), { host: new VirtualHost() })
